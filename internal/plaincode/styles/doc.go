// Package styles has the styles that were registered.
package styles
