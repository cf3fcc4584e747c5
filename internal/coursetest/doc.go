// Package coursetest is a small course for tests of the renderers: three lessons whose words
// and order stay the same, however the shipped course changes.
//
// It is imported by tests only.
package coursetest
