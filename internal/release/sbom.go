package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	cyclonedx "github.com/CycloneDX/cyclonedx-go"

	"wayout/internal/licences"
)

// lists writes the bill of materials, and the licences with their texts.
func (r *release) lists() error {
	src, err := os.ReadFile(filepath.Join(r.work, licencesName))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(r.out, licencesName), src, 0o644); err != nil {
		return err
	}
	works, err := licences.All()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := cyclonedx.NewBOMEncoder(&b, cyclonedx.BOMFileFormatJSON).SetPretty(true).
		EncodeVersion(r.bill(works), cyclonedx.SpecVersion1_6); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, "wayout.cdx.json"), b.Bytes(), 0o644)
}

// bill returns the bill of materials: the works that the program is made from, on any system.
func (r *release) bill(works []licences.Module) *cyclonedx.BOM {
	bom := cyclonedx.NewBOM()
	bom.SerialNumber = "urn:uuid:" + strings.ToLower(guid("bill "+r.version))
	bom.Metadata = &cyclonedx.Metadata{Timestamp: r.date.Format("2006-01-02T15:04:05Z07:00")}
	var parts []cyclonedx.Component
	var refs []string
	for _, m := range works {
		c := cyclonedx.Component{Type: cyclonedx.ComponentTypeLibrary, Name: m.Path, Version: m.Version,
			Licenses: &cyclonedx.Licenses{{Expression: m.Licence}}}
		switch m.Path {
		case licences.Program:
			c.Type, c.Version = cyclonedx.ComponentTypeApplication, r.version
		case licences.Lessons:
			c.Type, c.Version = cyclonedx.ComponentTypeData, r.version
		case licences.Standard:
			c.PackageURL = "pkg:golang/std"
		}
		if !m.Ours() && c.PackageURL == "" {
			c.PackageURL = "pkg:golang/" + m.Path + "@" + m.Version
		}
		c.BOMRef = m.Path
		if m.Path == licences.Program {
			bom.Metadata.Component = &c
			continue
		}
		parts, refs = append(parts, c), append(refs, c.BOMRef)
	}
	bom.Components = &parts
	bom.Dependencies = &[]cyclonedx.Dependency{{Ref: licences.Program, Dependencies: &refs}}
	return bom
}
