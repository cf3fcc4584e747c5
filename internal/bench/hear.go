package main

import (
	"fmt"
	"slices"
	"time"

	"wayout/internal/course"
	"wayout/internal/hear"
	"wayout/lessons"
)

// heardLines are lines as they are typed: short, long, and one that speaks of danger.
var heardLines = []string{
	"no. leave me alone", "ok fine just one but promise you delete it", "someone is threatening me and i need help",
	"idk its nothing really, its just that this guy keeps asking me for stuff and i dont know what to do anymore",
	"i want to die", "purple", "nooooo way im NOT sending u that lol",
	"thank you for telling me. are you safe right now?",
}

// mostHeard is how long hearing a line may take, so that a line can be heard while it is typed.
const mostHeard = time.Millisecond

// heard prints how long it takes to load the recogniser, and to hear a line.
func heard(string) error {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		return err
	}
	begun := time.Now()
	r, err := c.Recogniser()
	if err != nil {
		return err
	}
	read := time.Since(begun)
	var took []time.Duration
	for range 200 {
		for _, line := range heardLines {
			for _, s := range hear.Situations {
				begun := time.Now()
				r.Hear(s, line)
				took = append(took, time.Since(begun))
			}
		}
	}
	slices.Sort(took)
	median, slow := took[len(took)/2], took[len(took)*99/100]
	fmt.Printf("the recogniser is read in %v; a line is heard in %v, 99 of 100 in %v (goal: under %v)\n", read, median,
		slow,
		mostHeard)
	return nil
}
