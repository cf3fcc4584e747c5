package play

import (
	"cmp"
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// To goes to a scene by a shortest way, for a facilitator who jumps. The facts set on that way
// are known in the scene, as for a learner who took it. To keeps as many of the run's actions as
// it can: it goes back to a scene that was visited, and otherwise goes back only as far as needed
// to reach the scene. Among equally short ways it prefers safe choices, and it says the model
// answer of a rehearsal. It assumes a line that speaks of danger only if no other way leads to the
// scene. Kept is how many actions of the run are kept; the later ones are assumed. If no way
// leads to the scene, the run starts there with no fact known, as after [Run.From]. The error
// names the scene if the lesson has none of that id.
func (r Run) To(scene string) (to Run, kept int, err error) {
	i := r.Lesson().Scene(scene)
	if i < 0 {
		return r, 0, fmt.Errorf("no scene %q", scene)
	}
	for at := len(r.path) - 1; at >= 0; at-- {
		if r.path[at].Scene == i {
			kept = r.entered(at)
			to, err = r.Undo(kept)
			return to, kept, err
		}
	}
	for _, all := range [][]typing{{asModelled, asTyped}, {inDanger}} {
		if to, kept, ok, err := r.come(i, all); ok || err != nil {
			return to, kept, err
		}
	}
	to, err = r.From(scene)
	return to, 0, err
}

// come is [Run.To] with lines of these kinds only, trying the first kind before the next. It
// reports false if they don't lead to the scene.
func (r Run) come(scene int, by []typing) (to Run, kept int, ok bool, err error) {
	for at := len(r.path) - 1; at >= 0; at-- {
		kept = r.entered(at)
		if at == len(r.path)-1 {
			kept = len(r.actions) // Keep what was done in the present scene.
		}
		here, err := r.Undo(kept)
		if err != nil {
			return r, 0, false, err
		}
		if way, ok := here.way(scene, by); ok {
			to, err = here.Resume(way)
			return to, kept, true, err
		}
	}
	fresh := r.anew(r.game.Start())
	if way, ok := fresh.way(scene, by); ok {
		to, err = fresh.Resume(way)
		return to, 0, true, err
	}
	return r, 0, false, nil
}

// entered returns how many actions were taken before a step of the path was entered.
func (r Run) entered(step int) int {
	for i, a := range r.actions {
		if step == 0 {
			return i
		}
		if a.Turn == Choose || a.Turn == Go {
			step--
		}
	}
	return len(r.actions)
}

// node is a state in the search for a way, with the actions that lead to it from the node before.
type node struct {
	State
	from    int
	actions []Action
}

// typing is which lines may be typed on a way.
type typing uint8

const (
	asModelled typing = iota // Only the model answers; see [Run.Model].
	asTyped                  // Any line that doesn't speak of danger; a line may also be skipped.
	inDanger                 // Any line.
)

// way returns the actions of a shortest way from the run's present state to a scene.
func (r Run) way(to int, by []typing) ([]Action, bool) {
	for _, by := range by {
		all, seen := []node{{State: r.State(), from: -1}}, map[State]bool{r.State(): true}
		for i := 0; i < len(all) && len(all) < mostSteps; i++ {
			if all[i].Scene == to {
				return unrolled(all, i), true
			}
			next := r.game.ways(all[i].State, by)
			if i == 0 {
				next = r.open(next)
			}
			for _, n := range next {
				if !seen[n.State] {
					seen[n.State] = true
					n.from = i
					all = append(all, n)
				}
			}
		}
	}
	return nil, false
}

func unrolled(all []node, i int) (way []Action) {
	for ; all[i].from >= 0; i = all[i].from {
		way = append(slices.Clone(all[i].actions), way...)
	}
	return way
}

// open returns the ways on from the present scene that are still open to a run that has answered
// or typed something there, without the actions that it has already taken.
func (r Run) open(ways []node) (open []node) {
	if !r.done {
		return ways
	}
	onward := r.Onward()
	for _, n := range ways {
		if r.Scene().Rehearsal != nil && (onward == nil || onward.To != n.Scene) {
			continue
		}
		n.actions = n.actions[len(n.actions)-1:]
		open = append(open, n)
	}
	return open
}

// ways returns the states that can follow s, with the actions that lead to them.
func (g *Game) ways(s State, by typing) (all []node) {
	scene := g.Scene(s)
	_, facts := g.Tell(s)
	add := func(to int, actions ...Action) {
		all = append(all, node{State: g.Enter(s, facts, to), actions: actions})
	}
	if scene.Rehearsal != nil {
		said(scene, by, add)
		return all
	}
	var before []Action
	if scene.Check != nil {
		before = append(before, Action{Turn: Answer, Pick: Unsure})
	}
	if len(scene.Choices) == 0 && scene.Onward != nil {
		add(scene.Onward.To, append(before, Action{Turn: Go})...)
	}
	open := g.Open(s)
	slices.SortStableFunc(open, func(a, b int) int {
		return cmp.Compare(scene.Choices[a].Rating.Harm(), scene.Choices[b].Rating.Harm())
	})
	for _, i := range open {
		add(scene.Choices[i].To, Action{Turn: Choose, Pick: i})
	}
	return all
}

// said adds the ways on from a rehearsal, that of its model answers first.
func said(scene *lesson.Scene, by typing, add func(to int, actions ...Action)) {
	model := ModelMove(scene.Rehearsal)
	move := func(i int) {
		m := &scene.Rehearsal.Moves[i]
		if to := scene.After(m); to != nil {
			add(to.To, Action{Turn: Say, Said: []string{m.Name}}, Action{Turn: Go})
		}
	}
	if model >= 0 {
		move(model)
	}
	if (model < 0 || by != asModelled) && scene.Onward != nil {
		add(scene.Onward.To, Action{Turn: Say}, Action{Turn: Go})
	}
	for i, m := range scene.Rehearsal.Moves {
		if by != asModelled && i != model && m.Onward != nil && (by == inDanger || m.Name != lesson.Danger) {
			move(i)
		}
	}
}
