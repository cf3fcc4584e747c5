// Package watch follows one lesson's file while its author works on it: what was saved
// last, what is wrong with it, and which scene was changed.
//
// The file is polled many times a second, without notifications of the system: editors save
// by overwriting a file or by replacing it, on file systems of every kind, and polling
// notices all of that. A half-written file is left until it is complete.
//
//	w := watch.New(watch.Options{Read: read, Parse: parse, Check: rules})
//	for {
//		edition, ok := w.Next(ctx)
//		…
//	}
//
// # What this package must not know
//
// Screens, and which rules there are: it gets functions that read and check the file.
package watch
