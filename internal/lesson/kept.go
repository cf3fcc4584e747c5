package lesson

// Kept returns a lesson that was written down field by field, and read again, as [Parse] has
// returned it.
func Kept(l *Lesson) *Lesson {
	for i := range l.Scenes {
		l.Scenes[i].strict = l.Format() == 2
	}
	return l
}
