package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	system "golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"wayout/internal/settings"
)

// fixedPolicy reads the policy in a fixed place, which doesn't depend on the environment: the
// registry, or the file in the folder that all users share.
func fixedPolicy() (string, []byte, error) {
	path, src, err := registryPolicy()
	if path != "" || err != nil {
		return path, src, err
	}
	dir, err := system.KnownFolderPath(system.FOLDERID_ProgramData, 0)
	if err != nil {
		return "", nil, nil //nolint:nilerr // A system without the folder has no file in it.
	}
	return policyIn(dir)
}

// registryPolicy returns the values of the registry in the format of the file.
func registryPolicy() (string, []byte, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, settings.PolicyRegistry, registry.QUERY_VALUE)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, nil
	case err != nil:
		return "", nil, err
	}
	defer key.Close()
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return "", nil, err
	}
	slices.Sort(names)
	path := `HKLM\` + settings.PolicyRegistry
	var lines []string
	for _, name := range names {
		value, err := registryValue(key, name)
		if err != nil {
			return path, nil, fmt.Errorf(`%s\%s: %w`, path, name, err)
		}
		lines = append(lines, fmt.Sprintf("%s = %s", name, value))
	}
	return path, []byte(strings.Join(lines, "\n")), nil
}

// registryValue returns a value in the format of the file.
func registryValue(key registry.Key, name string) (string, error) {
	_, kind, err := key.GetValue(name, nil)
	if err != nil && !errors.Is(err, registry.ErrShortBuffer) {
		return "", err
	}
	switch kind {
	case registry.SZ, registry.EXPAND_SZ:
		s, _, err := key.GetStringValue(name)
		return fmt.Sprintf("%q", s), err
	case registry.MULTI_SZ:
		all, _, err := key.GetStringsValue(name)
		for i, s := range all {
			all[i] = fmt.Sprintf("%q", s)
		}
		return "[" + strings.Join(all, ", ") + "]", err
	case registry.DWORD:
		n, _, err := key.GetIntegerValue(name)
		return fmt.Sprint(n != 0), err
	}
	return "", errors.New("takes REG_SZ, REG_MULTI_SZ or REG_DWORD")
}
