// Command release makes all files of a release of wayout, from the sources in this folder:
//
//	go run ./internal/release --out FOLDER --version V
//
//	archives      for Linux, macOS and Windows, each for amd64 and arm64: the program, README, the
//	              licences, the manual and completions for shells
//	deb, rpm      for Linux, made by nFPM
//	msi           for Windows on amd64, not signed, made by wixl and msibuild of msitools; without
//	              those programs it is left out, with a message
//	manifests     a Homebrew formula and files for WinGet, with the checksums of the archives
//	lists         wayout.cdx.json (CycloneDX), licences.txt, SHA256SUMS
//
// The same sources make the same files, bit for bit, in any folder and on any day: the date in
// them is SOURCE_DATE_EPOCH, or that of the commit. Nothing is uploaded.
//
// nFPM runs as a separate program, with its own go.mod (nfpm.mod), so that wayout doesn't depend
// on the forty modules that it needs.
package main
