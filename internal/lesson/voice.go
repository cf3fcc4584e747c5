package lesson

// voices numbers the people of a lesson from 1, in the order in which they first write or
// speak. The person whom the learner helps has the number 0.
func (l *Lesson) voices() {
	numbers := make(map[string]int)
	for i := range l.Scenes {
		for b := range l.Scenes[i].Blocks() {
			if b.Who == "" || l.Helps(i, b.Who) {
				continue
			}
			if numbers[b.Who] == 0 {
				numbers[b.Who] = len(numbers) + 1
			}
			b.Voice = numbers[b.Who]
		}
	}
}
