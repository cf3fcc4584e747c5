// Package quick writes code as it is.
package quick
