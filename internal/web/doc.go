// Package web is wayout as HTML: today the handouts that a counsellor prints.
//
// Every page stands alone: one style, no script, nothing from anywhere else. It is
// black on white, needs no colour, and fits A4 and Letter alike.
//
// It may show and never decide; what is told when is asked of internal/play, and
// the words are the course's.
package web
