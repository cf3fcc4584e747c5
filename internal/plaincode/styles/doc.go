// Package styles keeps the styles that have been registered.
package styles
