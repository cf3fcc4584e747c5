package view

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

func open(t testing.TB) (*course.Course, *View) {
	t.Helper()
	c := coursetest.Shipped(t)
	v, err := New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, v
}

// may lists the kinds of item that each list may hold, and no others.
var may = map[string][]Item{
	"participant": {Title{}, Opening{}, Moved{},
		Lobby{}, Rules{}, Blanked{}, Calm{}, Over{}, OwnPace{}, Headcount{}, Message{}, Event{},
		AppLine{}, Speech{}, Moment{}, Narration{}, Feedback{},
		Chosen{}, Answered{}, Practised{}, Question{}, Rehearsal{}, Models{}, Explanation{},
		KeyMessage{}, Reached{}, Knew{}, Signs{}, SixMoves{}, Behind{}},
	"projector": {Title{}, Opening{}, Moved{},
		Lobby{}, Rules{}, Blanked{}, Calm{}, Over{}, Headcount{}, Message{}, Event{}, AppLine{},
		Speech{}, Moment{}, Narration{}, Feedback{},
		Chosen{}, Answered{}, Practised{}, Question{}, Rehearsal{}, Models{}, Explanation{},
		KeyMessage{}, Reached{}, Knew{}, Signs{}, SixMoves{}, Behind{}},
	"facilitator": {Title{}, Opening{}, Moved{},
		Lobby{}, Rules{}, Blanked{}, Calm{}, Over{}, Message{}, Event{}, AppLine{}, Speech{},
		Moment{}, Narration{}, Feedback{},
		Chosen{}, Answered{}, Practised{}, Question{}, Rehearsal{}, Models{}, Explanation{},
		Standing{}, Place{}, Ahead{}, Notes{}, Prepare{},
		KeyMessage{}, Reached{}, Knew{}, Signs{}, SixMoves{}, Behind{}},
	"session": {Title{}, Opening{}, Moved{},
		Rules{}, Blanked{}, Calm{}, Message{}, Event{}, AppLine{}, Speech{}, Moment{}, Narration{},
		Feedback{},
		Chosen{}, Answered{}, Practised{}, Question{}, Rehearsal{}, Models{}, Explanation{},
		KeyMessage{}, Reached{}, Knew{}, Signs{}, SixMoves{}, Behind{}},
	"alone": {Intro{}, Opening{},
		Message{}, Event{}, AppLine{}, Speech{}, Moment{}, Narration{}, Feedback{}, Chosen{}, Answered{},
		Practised{}, Question{},
		Onward{}, Rehearsal{}, Models{}, Explanation{}, End{}},
	"story": {Message{}, Event{}, AppLine{}, Speech{}, Typing{}, Moment{}, Narration{}, Feedback{}, Chosen{},
		Answered{}, Practised{}},
	"debrief": {KeyMessage{}, Reached{}, Knew{}, Path{}, Signs{}, SixMoves{}, Rehearsed{}, Behind{}, StepOut{}},
}

// strangers returns the kinds in a list that it may not hold.
func strangers(list string, items []Item) []string {
	var found []string
	for _, it := range items {
		if !slices.ContainsFunc(may[list], func(m Item) bool { return reflect.TypeOf(m) == reflect.TypeOf(it) }) {
			found = append(found, fmt.Sprintf("%T", it))
		}
	}
	return found
}

// seen gathers every text and every rating that a list would show.
type seen struct {
	texts   []string
	ratings []lesson.Rating
}

func look(items []Item) *seen {
	s := &seen{}
	for _, it := range items {
		s.walk(reflect.ValueOf(it))
	}
	return s
}

func (s *seen) walk(v reflect.Value) {
	if v.Type() == reflect.TypeFor[Key]() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		s.texts = append(s.texts, v.String())
	case reflect.Uint8:
		if v.Type() == reflect.TypeFor[lesson.Rating]() && v.Uint() != uint64(lesson.Neutral) {
			s.ratings = append(s.ratings, lesson.Rating(v.Uint()))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[lesson.Para]() {
			s.texts = append(s.texts, v.Interface().(lesson.Para).String())
			return
		}
		for i := range v.NumField() {
			s.walk(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			s.walk(v.Index(i))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			s.walk(v.Elem())
		}
	}
}

// secrets returns what no young person may be shown: the notes, and the card.
func secrets(t *testing.T, c *course.Course, l *lesson.Lesson) []string {
	t.Helper()
	words, err := c.RoomWords()
	if err != nil {
		t.Fatal(err)
	}
	all := append([]string{words.CardHead}, words.Card...)
	for i := range l.Scenes {
		for _, note := range l.Scenes[i].Notes {
			for _, p := range note {
				all = append(all, p.String())
			}
		}
	}
	return all
}

// leaks returns the first secret that a list holds, or "".
func leaks(items []Item, secret []string) string {
	for _, text := range look(items).texts {
		for _, s := range secret {
			if text == s || len(s) > 20 && strings.Contains(text, s) {
				return s
			}
		}
	}
	return ""
}

// classes calls f with a class at every scene and slide of a lesson and in every
// phase that it can have there.
func classes(t *testing.T, l *lesson.Lesson, f func(name string, c room.Class)) {
	t.Helper()
	votes := room.NewBallot()
	for i := range 20 {
		votes.Put(fmt.Sprint(i), uint64(i+1), seat(l, i%3))
	}
	do := func(c room.Class, verbs ...room.Verb) room.Class {
		for _, v := range verbs {
			next, err := c.Do(room.Command{Verb: v}, votes)
			if err != nil {
				t.Fatalf("%s: %s: %v", l.ID, v, err)
			}
			c = next
		}
		return c
	}
	met, err := room.NewClass(room.NewTalk(l, room.Seed)).Do(room.Command{Verb: room.SetHeadcount, Number: 20}, votes)
	if err != nil {
		t.Fatal(err)
	}
	f("joining", met)
	f("rules", do(met, room.Start))
	for i := range l.Scenes {
		id := l.Scenes[i].ID
		c, err := do(met, room.Start).Do(room.Command{Verb: room.Scene, Text: id}, votes)
		if err != nil {
			t.Fatal(err)
		}
		for slide := 0; ; slide++ {
			name := fmt.Sprintf("%s slide %d", id, slide)
			f(name, c)
			f(name+" blanked", do(c, room.Blank))
			f(name+" blanked by force", do(c, room.ForceBlank))
			f(name+" own", do(c, room.OwnPace))
			f(name+" paused", do(c, room.Stop))
			f(name+" over", do(c, room.End))
			if c.Question().Scene != "" {
				f(name+" open", do(c, room.Ask))
				f(name+" open and blanked", do(c, room.Ask, room.Blank))
				f(name+" open and blanked by force", do(c, room.Ask, room.ForceBlank))
				f(name+" closed", do(c, room.Ask, room.Close))
				f(name+" shown", do(c, room.Ask, room.Close, room.Show))
				f(name+" shown and blanked", do(c, room.Ask, room.Close, room.Show, room.Blank))
				for k := range c.Question().Options {
					if next, err := c.Do(room.Command{Verb: room.Choose, Number: k + 1}, votes); err == nil {
						f(fmt.Sprintf("%s taken %d", name, k), next)
					}
				}
			}
			slides, at := c.Talk().Slides()
			if at == len(slides)-1 {
				break
			}
			c = do(c, room.Next)
		}
	}
}

// seat is a seat that has answered every question of a lesson with its option k.
func seat(l *lesson.Lesson, k int) room.Seat {
	m := room.Seat{}
	for i := range l.Scenes {
		if s := &l.Scenes[i]; len(s.Choices) > k || s.Check != nil && len(s.Check.Options) > k {
			m = m.WithAnswer(s.ID, k)
		}
	}
	return m
}

// TestNothingIsShownToTheWrongPerson goes through every lesson, scene, phase and
// role: no list for young people holds a note, a rating or the card, no list holds the
// answer of anyone but its reader, and each list holds only the kinds of item in may.
func TestNothingIsShownToTheWrongPerson(t *testing.T) {
	c, v := open(t)
	game, _, err := coursetest.Shipped(t).Led("fine-or-off")
	if err != nil {
		t.Fatal(err)
	}
	booster, _, err := coursetest.Shipped(t).Led("booster-2-anonymous-heron+hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range append(coursetest.ShippedLessons(t), game, booster) {
		secret := secrets(t, c, l)
		classes(t, l, func(name string, class room.Class) {
			name = l.ID + ": " + name
			mine := room.View{Class: class, Seat: seat(l, 0)}
			projector := room.View{Class: class, Seat: room.Seat{Projector: true}, In: 20, Answered: 10}
			desk := v.Class(room.View{Class: class, In: 20, Answered: 10}, Facilitator)
			own, wall, session := v.Class(mine, Participant), v.Class(projector, Projector), v.Session(class.Talk())
			// Renderers pass Participant for every seat.
			if !reflect.DeepEqual(v.Class(projector, Participant), wall) {
				t.Errorf("%s: a projector's seat is shown something else as a participant", name)
			}
			for _, list := range []struct {
				name  string
				items []Item
			}{
				{"participant", own},
				{"projector", wall},
				{"session", session},
				{"participant", earlier(t, v, name, mine)},
			} {
				if s := leaks(list.items, secret); s != "" {
					t.Errorf("%s: the %s is shown %q", name, list.name, s)
				}
				if r := look(list.items).ratings; len(r) > 0 {
					t.Errorf("%s: the %s is shown a rating: %v", name, list.name, r)
				}
				if s := strangers(list.name, list.items); s != nil {
					t.Errorf("%s: the %s is shown %v", name, list.name, s)
				}
				uninvited(t, name+", the "+list.name, list.items)
			}
			uninvited(t, name+", the desk", desk)
			if s := strangers("facilitator", desk); s != nil {
				t.Errorf("%s: the facilitator is shown %v", name, s)
			}
			apart(t, v, name, class, l)
			blank(t, name, class, own, v.Class(projector, Participant), session)
			placed(t, name, class, own, wall, desk)
			if class.Phase() != room.Ended && class.Phase() != room.Joining {
				placed(t, name, class, session)
			}
			s := leaks(own, []string{l.Behind})
			if s != "" && class.Talk().Run().Turn() != play.End {
				t.Errorf("%s: it's told before the end: %q", name, s)
			}
			openly(t, name+", a participant", class, own)
			openly(t, name+", the projector", class, wall)
			openly(t, name+", the desk", class, desk)
		})
	}
}

// earlier returns the page before, as a participant reads it back. It checks that there is none
// while the facilitator shows none, and that no page has a result or anything to answer.
func earlier(t *testing.T, v *View, name string, mine room.View) []Item {
	t.Helper()
	items, ok := v.Earlier(mine, 1)
	if c := mine.Class; ok && (c.Talk().Blank() || c.OwnPace() || c.Phase() == room.Joining ||
		c.Phase() == room.Ended) {
		t.Errorf("%s: a page is read back though the facilitator shows none", name)
	}
	for _, it := range items {
		if q, is := it.(Question); is && (q.State != Unasked || q.Result != nil) {
			t.Errorf("%s: read back, a question has state %d", name, q.State)
		}
	}
	mine.Seat.Projector = true
	if _, ok := v.Earlier(mine, 1); ok {
		t.Errorf("%s: the projector reads back", name)
	}
	return items
}

// uninvited checks that nobody in front of a room is invited to type.
func uninvited(t *testing.T, name string, items []Item) {
	t.Helper()
	for _, it := range items {
		if r, ok := it.(Rehearsal); ok && (r.Typed || r.How == "" || strings.Contains(r.Asks, "your own words")) {
			t.Errorf("%s: is asked to type: %+v", name, r)
		}
	}
}

// apart checks that a list depends on no one's answer but its reader's.
func apart(t *testing.T, v *View, name string, class room.Class, l *lesson.Lesson) {
	t.Helper()
	for _, role := range []Role{Projector, Facilitator} {
		none := v.Class(room.View{Class: class, Seat: room.Seat{Projector: role == Projector}}, role)
		picked := seat(l, 0)
		picked.Projector = role == Projector
		if !reflect.DeepEqual(none, v.Class(room.View{Class: class, Seat: picked}, role)) {
			t.Errorf("%s: role %d is shown an answer", name, role)
		}
	}
	one := v.Class(room.View{Class: class, Seat: seat(l, 0)}, Participant)
	if !reflect.DeepEqual(one, v.Class(room.View{Class: class, Seat: seat(l, 0), In: 9, Answered: 5, AllAnswered: true},
		Participant)) {
		t.Errorf("%s: a participant is shown how the others are getting on", name)
	}
}

// blank checks that the room is shown only [Blanked] while it is blanked, and never otherwise.
func blank(t *testing.T, name string, class room.Class, lists ...[]Item) {
	t.Helper()
	if class.Phase() == room.Joining || class.Phase() == room.Ended {
		return
	}
	for i, items := range lists {
		is := len(items) == 1 && reflect.TypeOf(items[0]) == reflect.TypeFor[Blanked]()
		if is != class.Talk().Blank() {
			t.Errorf("%s: list %d has %d items, and whether the room is blanked: %v", name, i, len(items),
				class.Talk().Blank())
		}
	}
}

// openly checks that a result is shown exactly while the class shows it.
func openly(t *testing.T, name string, class room.Class, items []Item) {
	t.Helper()
	for _, it := range items {
		if q, ok := it.(Question); ok && (q.Result != nil) != (class.Phase() == room.Shown) {
			t.Errorf("%s: result %v in phase %d", name, q.Result, class.Phase())
		}
	}
}

// TestALearnerAloneIsRatedAfterwards plays every lesson along each first choice,
// always taking option k where there is one.
func TestALearnerAloneIsRatedAfterwards(t *testing.T) {
	c, v := open(t)
	for _, l := range coursetest.ShippedLessons(t) {
		secret := secrets(t, c, l)
		for k := range 4 {
			for run, n := play.Start(l, room.Seed), 0; ; n++ {
				alone := v.Alone(run)
				now := append(slices.Concat(alone.Earlier, alone.Told), alone.Turn)
				for name, items := range map[string][]Item{"story": v.Story(run), "alone": now,
					"debrief": alone.After} {
					if s := leaks(items, secret); s != "" {
						t.Errorf("%s in %s: the %s shows %q", l.ID, run.Scene().ID, name, s)
					}
					if s := strangers(name, items); s != nil {
						t.Errorf("%s in %s: the %s shows %v", l.ID, run.Scene().ID, name, s)
					}
				}
				if r := look(now).ratings; len(r) > 0 {
					t.Errorf("%s in %s: rated before the end: %v", l.ID, run.Scene().ID, r)
				}
				if run.Turn() == play.End || n > 100 {
					break
				}
				run = step(t, run, k)
			}
		}
	}
}

// TestMovesFitTheStory checks that a story about moving money ends with the moves for that, and
// that every story with a threat ends with moves.
func TestMovesFitTheStory(t *testing.T) {
	_, v := open(t)
	found := 0
	for _, l := range coursetest.ShippedLessons(t) {
		var heads []string
		for _, it := range v.Debrief(play.Start(l, room.Seed)) {
			if six, ok := it.(SixMoves); ok {
				heads = append(heads, six.Head)
				if pictures := strings.Contains(strings.Join(six.Moves, " "), "picture"); pictures == l.MovesMoney() ||
					len(six.Moves) != 6 || six.First == "" {
					t.Errorf("%s ends with %+v", l.ID, six)
				}
			}
		}
		want := "If someone is blackmailing you with a picture"
		if l.MovesMoney() {
			want = "If someone asks you to move money, or a parcel"
			found++
		}
		if moves := l.Threatens() || l.MovesMoney(); moves != slices.Equal(heads, []string{want}) ||
			!moves && heads != nil {
			t.Errorf("%s ends with %q", l.ID, heads)
		}
	}
	if found == 0 {
		t.Error("no story is about moving money")
	}
}

func step(t *testing.T, run play.Run, k int) play.Run {
	t.Helper()
	var err error
	switch run.Turn() {
	case play.Choose:
		options := run.Open()
		run, err = run.Choose(options[min(k, len(options)-1)])
	case play.Go:
		run, err = run.Go()
	case play.Answer:
		run, err = run.Answer(min(k, len(run.Scene().Check.Options)-1), play.Guess)
	case play.Say:
		run, err = run.Skip()
	}
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestKinds checks that Kinds lists every type that is an item.
func TestKinds(t *testing.T) {
	src, err := os.ReadFile("item.go")
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for _, m := range regexp.MustCompile(`(?m)^func \((\w+)\) item\(\)`).FindAllStringSubmatch(string(src), -1) {
		types = append(types, m[1])
	}
	var kinds []string
	for _, it := range Kinds() {
		kinds = append(kinds, reflect.TypeOf(it).Name())
		for _, list := range []string{"participant", "projector", "session", "alone", "story", "debrief"} {
			if ForAdults(it) && strangers(list, []Item{it}) == nil {
				t.Errorf("%T is for adults, and the %s may hold it", it, list)
			}
		}
	}
	slices.Sort(types)
	slices.Sort(kinds)
	if !slices.Equal(types, kinds) {
		t.Errorf("items %v, kinds %v", types, kinds)
	}
}

// TestNoEndingOfShortStories checks that a class isn't told of an ending after a set of short
// stories, which has none, and that the words for leaving the story need no name.
func TestNoEndingOfShortStories(t *testing.T) {
	c, v := open(t)
	for _, id := range []string{"fine-or-off", "booster-1-anonymous-heron"} {
		l, _, err := c.Led(id)
		if err != nil {
			t.Fatal(err)
		}
		talk := room.NewTalk(l, room.Seed)
		for talk.Phase() != room.Out {
			if talk.Slide().Kind == room.LookBack {
				t.Errorf("%s: the room looks back on %v", id, v.Session(talk))
			}
			next, err := talk.Next()
			if errors.Is(err, room.ErrChoose) {
				next, err = talk.Take(0)
			}
			if err != nil {
				t.Fatal(id, err)
			}
			talk = next
		}
		var words string
		for _, it := range v.Alone(talk.Run()).After {
			words += strings.Join(Words(it), " ") + "\n"
		}
		if !strings.Contains(words, "That was a story. Everyone in it is made up") {
			t.Errorf("%s, at one's own pace: %s", id, words)
		}
	}
}

// TestWordsOfEveryKind checks that Words knows every kind of item, and returns words for each
// kind that a walk meets unless renderers may put it in words of their own.
func TestWordsOfEveryKind(t *testing.T) {
	own := []Item{Typing{}, Chosen{}, Answered{}, Practised{}, Onward{}, Rehearsal{}, End{}, Intro{}}
	met := slices.Concat(may["story"], may["alone"], may["debrief"])
	is := func(a Item) func(Item) bool {
		return func(b Item) bool { return reflect.TypeOf(a) == reflect.TypeOf(b) }
	}
	for _, it := range Kinds() {
		words := Words(Filled(it, "mark")) // It panics on a kind that it doesn't know.
		if want := slices.ContainsFunc(met, is(it)) && !slices.ContainsFunc(own, is(it)); want != slices.Contains(words,
			"mark") {
			t.Errorf("%T: words %q", it, words)
		}
	}
}

// TestEveryKindOfBlockIsAnItem checks that each kind of block of a lesson becomes its own
// kind of item.
func TestEveryKindOfBlockIsAnItem(t *testing.T) {
	src, err := os.ReadFile("../lesson/lesson.go")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?s)// The kinds of block\.\nconst \((.*?)\n\)`).FindSubmatch(src)
	if list == nil {
		t.Fatal("lesson.go has no list of the kinds of block")
	}
	names := regexp.MustCompile(`(?m)^\t(\w+)`).FindAllSubmatch(list[1], -1)
	if len(names) < 7 {
		t.Fatalf("%d kinds of block", len(names))
	}
	_, v := open(t)
	kinds := make(map[string]string)
	for k, name := range names {
		block := lesson.Block{Kind: lesson.Kind(k), Who: "Sam",
			Text: []lesson.Para{{Spans: []lesson.Span{{Text: "words"}}}}}
		l := &lesson.Lesson{Scenes: []lesson.Scene{{ID: "a", Told: []lesson.Block{block}}}}
		items := v.Story(play.Start(l, 1)) // It panics on a kind that it doesn't know.
		if len(items) != 1 {
			t.Errorf("a block of kind %s is %d items", name[1], len(items))
			continue
		}
		kind := reflect.TypeOf(items[0]).Name()
		if kinds[kind] != "" {
			t.Errorf("blocks of kind %s and %s are both %s", kinds[kind], name[1], kind)
		}
		kinds[kind] = string(name[1])
	}
}

// TestQuizAsksWhatIsThought checks that a quiz whose question is asked in the story asks for
// thoughts: its answers aren't things that someone could do.
func TestQuizAsksWhatIsThought(t *testing.T) {
	v, err := New(coursetest.Shipped(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := play.Start(coursetest.Example(t), 1).From("in-case-shes-real")
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := v.Turn(run).(Question); !ok || !q.Quiz || q.Asks != "What do you think?" {
		t.Errorf("%+v", v.Turn(run))
	}
}
