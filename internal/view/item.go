package view

import (
	"wayout/internal/lesson"
)

// Item is one thing that is shown. The unexported method keeps the set of kinds closed:
// all of them are in this file.
type Item interface{ item() }

// Key identifies an item, so that a renderer can cache its drawing even where two items
// look alike. Two keys are equal if they belong to the same place in the same
// lesson.
type Key struct{ of any }

// Kinds of item before, around and after a story.
type (
	// Title is the title of the lesson.
	Title struct {
		Text  string
		Story bool // The story is shown below the title; false before it begins.
	}

	// Intro is shown before the first scene to a learner at their own pace.
	Intro struct{ Goal, Note, Pass string }

	// Opening says whom a story is about, before its first scene.
	Opening struct{ Text []lesson.Para }

	// Moved says that the facilitator has gone to another part of the story.
	Moved struct{ Words string }

	// Lobby is shown before a class begins.
	Lobby struct {
		Words string // What to do now.
		Note  string // The content note of the lesson; "" on a projector.
		Pass  string // That anyone may pass; "" on a projector.
		Join  bool   // Pages for a browser show the ways to join here.
		In    int    // How many are in; -1 if the number isn't shown.
	}

	// Rules are the ground rules of a room.
	Rules struct {
		Head   string
		Rules  []string
		Before string // What to do if the story feels too close.
	}

	// Blanked replaces everything on the room's screens while the facilitator has blanked
	// them. The facilitator sees it above the slide.
	Blanked struct{ Words string }

	// Calm is a calm screen: a pause, stepping out of the story, or the end.
	Calm struct{ Lines []string }

	// Over says that the class is over.
	Over struct {
		Head  string
		Lines []string // The closing words.
		Bye   string   // That nothing was kept.
	}

	// OwnPace says that the learner goes on at their own pace; see [View.Alone] for
	// what they see there.
	OwnPace struct {
		Words  string
		Status string // What happened to the last answer, such as that it came too late; "" for nothing.
	}

	// Headcount says how many people the facilitator has counted, so that everyone can
	// see whether the number is right.
	Headcount struct{ Words string }
)

// Kinds of item of a story.
type (
	// Message is a line of the chat.
	Message struct {
		Key   Key
		Who   string
		Voice int    // See [lesson.Block].
		Own   bool   // The message is by the person whom the learner helps.
		First bool   // The message just before is by someone else, so the name is shown.
		Draft string // What was typed first, and deleted; "" for nothing.
		Drew  string // The draft as a sentence, for anyone who can't see it being typed.
		Text  []lesson.Span
		Signs []string // Names of the warning signs in it, if the learner has marked it.
	}

	// Event is something in the chat other than words, such as a photo or a missed
	// call. It is drawn where a message would be, but never as words of the person.
	Event struct {
		Key   Key
		Who   string
		Voice int
		Own   bool
		First bool
		What  string        // Such as "voice message 0:31".
		Text  []lesson.Span // The content, such as what a voice message says; may be empty.
		Words string        // Who, What and Text as one sentence.
		Signs []string
	}

	// AppLine is a line of the app itself, such as who was added to a group.
	AppLine struct {
		Key  Key
		Text []lesson.Span
	}

	// Speech is what a person says aloud. It is never drawn as a part of the chat.
	Speech struct {
		Key   Key
		Who   string
		Voice int
		Own   bool
		Text  []lesson.Span
		Signs []string
	}

	// Typing says that someone is typing.
	Typing struct {
		Key   Key
		Words string
	}

	// Moment is a line that says when or where.
	Moment struct {
		Key  Key
		Text []lesson.Span
	}

	// Narration is text of the narrator.
	Narration struct {
		Key  Key
		Text []lesson.Para
	}

	// Feedback explains what a choice did.
	Feedback struct {
		Key   Key
		Alert lesson.Alert
		Head  string // The alert in words, such as "That helps".
		Own   bool   // The lesson gives the head; otherwise it is the alert in words.
		Text  []lesson.Para
	}

	// Chosen is a choice that was made.
	Chosen struct {
		Words  string
		Rating lesson.Rating // [lesson.Neutral] if the rating isn't shown.
	}

	// Answered says which answer was given to a knowledge check.
	Answered struct{ Words string }

	// Practised says what a typed line did, never what it said.
	Practised struct{ Words string }
)

// Kinds of item about what can be done now.
type (
	// Question asks for a choice or an answer.
	Question struct {
		Scene   string // The id of the scene that asks.
		Asks    string
		Options []Option
		State   State
		Quiz    bool    // Its options are answers of a knowledge check.
		Result  *Result // Set only if State is [Shown].
		Status  string  // How the poll stands, or what happened to the reader's answer; "" for nothing.
		Hands   []int   // The number of raised hands for each option; nil until they are counted.
	}

	// Onward is the only way on, where there is nothing to choose.
	Onward struct{ Words string }

	// Rehearsal asks for a line in the learner's own words.
	Rehearsal struct {
		Who   string
		Asks  string
		How   string // How to find the words without typing, if Typed is false; "" otherwise.
		Aloud bool   // The line is said, not written.
		Typed bool   // The line can be typed here.
	}

	// Heard says which moves a typed line makes, and quotes the words that show them. Moves
	// that protect come first, and there is no score.
	Heard struct {
		Strong string
		Weak   string // Moves that protect less, worded kindly.
		Unsure string // That the line wasn't understood, or what the learner has said it was.
		Gentle string // A word about help, after a joke about dying.
	}

	// Meant asks which move a typed line makes, if that wasn't certain.
	Meant struct {
		Asks    string
		Options []string // The moves of [play.Hearing.Ask] in order, and then none of them.
	}

	// HelpFirst replaces the whole screen after a line that spoke of danger. It repeats
	// nothing of the line.
	HelpFirst struct {
		Head   string
		First  []string // What to do now.
		People []Person
		Then   []string
		More   string // How to open the full list of who helps.
		Back   string // The way back to where the learner was.

		NotMeant string // The way back to the line, for someone who didn't mean danger.
	}

	// RightNow is one screen of first aid, for someone to whom it is happening right now. It
	// knows nothing about them, and their answers are kept nowhere.
	RightNow struct {
		Head     string
		Text     []string // Paragraphs.
		Urgent   bool     // The first paragraph is drawn so that it is read first.
		Options  []string // The answers to take; may be empty.
		Sentence string   // A first sentence to say or to send.
		People   []Person // Who can help.
		Limits   string   // What these people can't do.
		Hopeless string   // Where to turn if it feels hopeless.
		Country  string   // Whose numbers these are, or "".
	}

	// Models are lines that someone could have written.
	Models struct {
		Head     string
		Aloud    bool // The lines are said, not written.
		Messages []Message
		Leads    string // Which line the story goes on from, in front of a room; "" if it doesn't matter.
	}

	// Explanation says why each answer of a knowledge check is right or not.
	Explanation struct {
		Lead    string // About the answer that was given; "" if none was given.
		Answers []Explained
	}

	// End marks the end of the story, where nothing can be done any more.
	End struct{}
)

// Kinds of item for the facilitator alone.
type (
	// Standing says how a class stands, in parts that belong on one line.
	Standing struct {
		Parts    []string
		Warnings []string // Such as more seats than people.
	}

	// Place says where in the lesson the facilitator is.
	Place struct {
		Scene         string // The title of the scene.
		At, Of        int    // The scene and the number of scenes, from 1.
		Slide, Slides int    // The slide, from 1, and the number of slides of the scene.
		Script        string // The next command of the script, or "".
		Jump          string // Which choices a jump to this scene assumes were made; "" without a jump.
		Review        string // Who has reviewed the lessons; set only before the story begins.
	}

	// Ahead says where each open choice leads.
	Ahead struct{ Choices []Leads }

	// Notes are the notes of the scene.
	Notes struct{ Notes [][]lesson.Para }

	// Prepare is what the facilitator reads before the class begins: the content note, and the
	// first note of the lesson.
	Prepare struct {
		Head  string
		Note  string
		Notes [][]lesson.Para
	}
)

// Kinds of item of a debrief.
type (
	// KeyMessage is what the learner should take away from the lesson.
	KeyMessage struct {
		Head string
		Text []lesson.Para
	}

	// Reached is the ending that the run came to, and how many endings there are.
	Reached struct{ Head, Title, Words string }

	// Knew is what the other person had found out by the end.
	Knew struct {
		Head   string
		Things []Thing
	}

	// Path is the choices that were made, in order.
	Path struct {
		Head  string
		Steps []Step
	}

	// Signs are warning signs under one head: those that were spotted, or those that weren't.
	Signs struct {
		Head  string
		Signs []Sign
	}

	// SixMoves are the six moves against blackmail, or those for someone asked to move money.
	SixMoves struct {
		Head  string
		First string // What to do first if there is danger; "" if an earlier slide has said it.
		From  int    // The number of the first move in Moves, from 1: a slide may hold only some.
		Moves []string
	}

	// Rehearsed names the moves that the learner's typed lines made.
	Rehearsed struct{ Head, Text string }

	// Behind says who was really typing.
	Behind struct{ Head, Text string }

	// StepOut leads back out of the story.
	StepOut struct {
		Head  string
		Paras []string
	}
)

// Person is someone who helps, and the ways to reach them.
type Person struct {
	Name string
	Ways []string
}

// State says what can be done about a [Question].
type State uint8

// The states of a question.
const (
	Take    State = iota // Taking an option goes on with the story.
	Unasked              // The question isn't open yet; it can only be read.
	Open                 // An answer is counted, and may be changed until the question is closed.
	Watch                // The question is open for others; on this screen it can only be read.
	Closed               // The question is closed, and no result was shown.
	Shown                // The result is shown to everyone.
)

// Takes reports whether taking an option goes on with the story.
func (q Question) Takes() bool { return q.State == Take }

// IsOpen reports whether an answer given on this screen is counted now.
func (q Question) IsOpen() bool { return q.State == Open }

// Option is one thing that can be chosen or answered.
type Option struct {
	Pick   int // Index of the choice or the answer in the lesson, or [play.Unsure].
	Words  string
	Picked bool // The reader of this screen has picked it.
}

// Result is what everyone may see of the answers to a question.
type Result struct {
	Head  string
	Bars  []Bar  // Empty if no numbers may be shown.
	Words string // What is shown in place of bars.
}

// Bar is how many gave one answer, or one of several answers grouped to hide a small number.
type Bar struct {
	Words string
	Count int
	Of    int // The largest count of the result, at least 1.
}

// Explained is one answer of a knowledge check and why it is right or not.
type Explained struct {
	Words         string
	Right, Picked bool
	Why           []lesson.Para
}

// Leads is a choice with its rating and the title of the scene that it leads to.
type Leads struct {
	Words  string
	Rating lesson.Rating
	To     string
}

// Step is a choice that was made, and the others that were open.
type Step struct {
	Action int // [play.Run.Undo] with this index goes back to before the choice.
	Words  string
	Rating lesson.Rating
	Led    string // The title of the scene that the choice led to; "" in a lesson of format 1.
	Others []string
}

// Thing is something that the other person found out, and the words that gave it away.
type Thing struct{ What, From string }

// Sign is a warning sign: its name, and why it is a warning in this story.
type Sign struct {
	Name string
	In   string // The message that the sign is in, with its writer; "" for none.
	Why  []lesson.Para
}

func (Title) item()       {}
func (Intro) item()       {}
func (Opening) item()     {}
func (Moved) item()       {}
func (Lobby) item()       {}
func (Rules) item()       {}
func (Blanked) item()     {}
func (Calm) item()        {}
func (Over) item()        {}
func (OwnPace) item()     {}
func (Headcount) item()   {}
func (Message) item()     {}
func (Event) item()       {}
func (AppLine) item()     {}
func (Speech) item()      {}
func (Reached) item()     {}
func (Knew) item()        {}
func (Typing) item()      {}
func (Moment) item()      {}
func (Narration) item()   {}
func (Feedback) item()    {}
func (Chosen) item()      {}
func (Answered) item()    {}
func (Practised) item()   {}
func (Question) item()    {}
func (Onward) item()      {}
func (Rehearsal) item()   {}
func (Heard) item()       {}
func (Meant) item()       {}
func (HelpFirst) item()   {}
func (RightNow) item()    {}
func (Models) item()      {}
func (Explanation) item() {}
func (End) item()         {}
func (Standing) item()    {}
func (Place) item()       {}
func (Ahead) item()       {}
func (Notes) item()       {}
func (Prepare) item()     {}
func (KeyMessage) item()  {}
func (Path) item()        {}
func (Signs) item()       {}
func (SixMoves) item()    {}
func (Rehearsed) item()   {}
func (Behind) item()      {}
func (StepOut) item()     {}
