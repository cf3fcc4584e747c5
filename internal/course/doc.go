// Package course is the set of lessons: which there are, in which order, in
// which language, and the words around them.
//
// [Open] reads the front matter and the title of each lesson only; a lesson's
// body is parsed when [Course.Lesson] asks for it. A file that is not right is
// a diagnostic, and never stops the other lessons from loading.
//
// What a class takes can also be put together of short stories: a round of "Fine or off?"
// (fineoff.go), or a booster, for which it comes back on days that [Course.ClassBoosters] works
// out (classbooster.go). [Course.Led] finds each by its id, the same on every computer.
//
// # What this package must not know
//
// The operating system (it is given an fs.FS), clocks (it is given the day), screens, and what
// a learner has done.
package course
