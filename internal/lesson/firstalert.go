package lesson

// FirstAlert returns the first alert from a scene on, and the scene that has it: that of the
// scene itself, or of the nearest scene that follows. Among equally near alerts it takes the
// worst. It rates a choice that leads there, unless the link's title does.
func (l *Lesson) FirstAlert(from int) (scene int, a Alert) {
	met := make([]bool, len(l.Scenes))
	met[from] = true
	for ring := []int{from}; len(ring) > 0; {
		var next []int
		scene, worst := -1, NoAlert
		for _, i := range ring {
			s := &l.Scenes[i]
			if a := s.Alert(); a != NoAlert {
				if rank[a] > rank[worst] {
					scene, worst = i, a
				}
				continue
			}
			for _, to := range s.Next() {
				if !met[to] {
					met[to] = true
					next = append(next, to)
				}
			}
		}
		if worst != NoAlert {
			return scene, worst
		}
		ring = next
	}
	return -1, NoAlert
}

// rank orders alerts, the worst last; any alert ranks above none.
var rank = [...]int{NoAlert: 0, Important: 1, Tip: 2, Warning: 3, Caution: 4}
