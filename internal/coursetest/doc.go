// Package coursetest is a small course for tests of the renderers: three shipped
// lessons that stay where they are in the list, however many there are.
//
// It is imported by tests only.
package coursetest
