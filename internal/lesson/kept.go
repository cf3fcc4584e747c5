package lesson

// Kept restores the unexported fields of a lesson that was stored by its exported fields and
// read again, so that it is as [Parse] has returned it.
func Kept(l *Lesson) *Lesson {
	for i := range l.Scenes {
		l.Scenes[i].strict = l.Format() == 2
	}
	return l
}
