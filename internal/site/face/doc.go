// Package face draws the templates of the pages in a browser, where there is no room for
// html/template: with it a device would load half as much again.
//
// [Compile] reads templates as html/template does and makes a [Face] of them, which is data:
// it can be packed and drawn elsewhere. Drawing knows what the templates of this program use:
// if, range, with, template, variables, fields, the functions that it is given, and a few
// comparisons. Everything that is put into a page is escaped for text and for attributes in
// quotes; a template that puts a value anywhere else (a script, a style, a name, an attribute
// without quotes) is refused when it is compiled.
package face
