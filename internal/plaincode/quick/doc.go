// Package quick writes code without colours.
package quick
