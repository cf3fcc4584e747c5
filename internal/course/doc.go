// Package course is the set of lessons in one language: which lessons there are,
// their order, and the words around them.
//
// [Open] reads only the front matter and the title of each lesson; a lesson's
// body is parsed when [Course.Lesson] asks for it. A file with a mistake becomes
// a diagnostic, and never stops the other lessons from loading.
//
// A class can also take something made of short stories: a round of "Fine or off?"
// (fineoff.go), or a booster, on the days that [Course.ClassBoosters] works out
// (classbooster.go). [Course.Led] finds each by its id, and makes the same one on every computer.
//
// # What this package must not know
//
// The operating system (it is given an fs.FS), clocks (it is given the day), screens, and what
// a learner has done.
package course
