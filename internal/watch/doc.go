// Package watch follows one lesson's file while its author works on it: what was saved
// last, what is found in it, and which scene was changed.
//
// The file is looked at many times a second and not subscribed to: editors save by writing
// over a file, or by putting another one in its place, on disks of every kind, and a look
// notices all of these. What is half written is waited for.
//
//	w := watch.New(watch.Options{Read: read, Parse: parse, Check: rules})
//	for {
//		edition, ok := w.Next(ctx)
//		…
//	}
//
// # What this package must not know
//
// Screens, and which rules there are: how a file is read and what is found in it is handed
// to it.
package watch
