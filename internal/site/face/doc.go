// Package face draws the templates of the pages in a browser without html/template, with which a
// device would load half as much again.
//
// [Compile] reads templates as html/template does and makes a [Face] of them, which is data: it
// can be packed and drawn elsewhere. Drawing supports only what the templates of this program
// use: if, range, with, template, variables, fields, the functions that it is given, and a few
// comparisons. Every value is escaped for text and for attributes in quotes; Compile refuses a
// template that puts a value anywhere else (a script, a style, a name, an attribute without
// quotes).
package face
