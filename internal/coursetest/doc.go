// Package coursetest is a small course for tests of the renderers: three lessons that stay
// as they are, in the order that they have, however the shipped course changes.
//
// It is imported by tests only.
package coursetest
