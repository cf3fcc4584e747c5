package main

import (
	"path/filepath"
	"strings"
)

// manifests writes the Homebrew formula and the files for WinGet, with the checksum of each
// archive. It writes none unless all targets were made.
func (r *release) manifests() error {
	sums := make(map[string]any)
	for _, t := range r.targets {
		sum, err := r.sum(r.archive(t))
		if err != nil {
			return err
		}
		// The keys are such as darwin_arm64.
		sums[t.os+"_"+t.arch] = map[string]string{"URL": r.base + "/" + r.archive(t), "Sum": sum,
			"Upper": strings.ToUpper(sum), "Folder": r.folder(t)}
	}
	if len(r.targets) < len(targets) {
		return nil // A manifest names all targets.
	}
	for name, to := range map[string]string{"wayout.rb": "wayout.rb",
		"winget/version.yaml":   "wayout.wayout.yaml",
		"winget/locale.yaml":    "wayout.wayout.locale.en-GB.yaml",
		"winget/installer.yaml": "wayout.wayout.installer.yaml"} {
		if err := r.fill(filepath.Join(r.out, to), name, sums); err != nil {
			return err
		}
	}
	return nil
}
