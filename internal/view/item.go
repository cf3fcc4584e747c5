package view

import (
	"wayout/internal/lesson"
)

// Item is one thing that is shown. The kinds are those of this file and no
// others.
type Item interface{ item() }

// Key tells items apart that would be drawn alike, for what a renderer keeps of
// its drawings. Two keys are equal where they are of the same place in the same
// lesson.
type Key struct{ of any }

// Kinds of item that stand around a story.
type (
	// Title is the title of the lesson.
	Title struct {
		Text  string
		Story bool // The story goes on below it; otherwise it stands alone.
	}

	// Intro is what stands before the first scene at a learner's own pace.
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
		Join  bool   // The ways to join stand here.
		In    int    // How many are in; -1 where that isn't shown.
	}

	// Rules are the ground rules of a room.
	Rules struct {
		Head   string
		Rules  []string
		Before string // What to do if something comes close.
	}

	// Blanked stands in place of everything while the facilitator has blanked the
	// screens.
	Blanked struct{ Words string }

	// Calm is a calm screen: a pause, stepping out of the story, or the end.
	Calm struct{ Lines []string }

	// Over says that the class is over.
	Over struct {
		Head  string
		Lines []string // The calm words of the end.
		Bye   string   // That nothing is left.
	}

	// OwnPace says that the learner goes on at their own pace; see [View.Alone] for
	// what they see there.
	OwnPace struct {
		Words  string
		Status string // What has become of the last move; "" for nothing to say.
	}

	// Headcount says how many people the facilitator has counted, so that everyone can
	// see whether it is right.
	Headcount struct{ Words string }
)

// Kinds of item of a story.
type (
	// Message is a line of the chat.
	Message struct {
		Key   Key
		Who   string
		Voice int    // See [lesson.Block].
		Own   bool   // The person whom the learner helps has written it.
		First bool   // The person didn't write the message just before.
		Draft string // What was typed first, and deleted; "" for nothing.
		Drew  string // The same as a sentence, for anyone who can't see it being typed.
		Text  []lesson.Span
		Signs []string // Names of the warning signs, where the learner has marked it.
	}

	// Event is something in the chat other than words, such as a photo or a missed
	// call. It is drawn in the place of a message, and never as words of the person.
	Event struct {
		Key   Key
		Who   string
		Voice int
		Own   bool
		First bool
		What  string        // Such as "voice message 0:31".
		Text  []lesson.Span // What it holds, or none.
		Words string        // All of it as a sentence.
		Signs []string
	}

	// AppLine is a line of the app itself, such as who was added to a group.
	AppLine struct {
		Key  Key
		Text []lesson.Span
	}

	// Speech is said aloud. It is never drawn as a part of the chat.
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

	// Narration is told by the narrator.
	Narration struct {
		Key  Key
		Text []lesson.Para
	}

	// Feedback explains what a choice did.
	Feedback struct {
		Key   Key
		Alert lesson.Alert
		Head  string // The alert in words, such as "That helps".
		Own   bool   // The head is the feedback's own, and not the alert in words.
		Text  []lesson.Para
	}

	// Chosen is a choice that was made.
	Chosen struct {
		Words  string
		Rating lesson.Rating // [lesson.Neutral] where a rating isn't shown.
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
		Result  *Result // Where State is [Shown].
		Status  string  // What has become of the answer or the poll; "" for nothing to say.
		Hands   []int   // Of raised hands, one count an option; nil until they are counted.
	}

	// Onward is the one way on.
	Onward struct{ Words string }

	// Rehearsal asks for a line in the learner's own words.
	Rehearsal struct {
		Who   string
		Asks  string
		How   string // How to find the words where there is no place for them here; "" otherwise.
		Aloud bool   // The line is said, not written.
		Typed bool   // There is a place here to try it.
	}

	// Heard says what a typed line did, and quotes the words that it rests on. What
	// protects comes first, and there is no score.
	Heard struct {
		Strong string
		Weak   string // Said second, and kindly.
		Unsure string // That it wasn't understood, or what the learner has said it was.
		Gentle string // A word about help, beside a joke about dying.
	}

	// Meant asks what a typed line was that wasn't heard for certain.
	Meant struct {
		Asks    string
		Options []string // The moves of [play.Hearing.Ask] in order, and then that it was none.
	}

	// HelpFirst stands in place of everything after a line that spoke of danger. Nothing
	// of the line is in it.
	HelpFirst struct {
		Head   string
		First  []string // What to do now.
		People []Person
		Then   []string
		More   string // How to come to everyone who helps.
		Back   string // The way back to where the learner was.

		NotMeant string // The way back to the line, for who didn't mean that.
	}

	// RightNow is one screen for someone to whom it is happening right now. It knows nothing
	// of them, and what they take on it is kept nowhere.
	RightNow struct {
		Head     string
		Text     []string // Paragraphs.
		Urgent   bool     // The first of them comes before everything else.
		Options  []string // What can be taken, if anything.
		Sentence string   // A first sentence to say or to send.
		People   []Person // Who can be turned to.
		Limits   string   // What they can't do.
		Hopeless string   // Where to turn if it feels hopeless.
		Country  string   // Whose numbers these are, or "".
	}

	// Models are lines that someone could have written.
	Models struct {
		Head     string
		Aloud    bool // They are said, not written.
		Messages []Message
		Leads    string // From which of them the story goes on, in front of a room; "" where it doesn't matter.
	}

	// Explanation says why each answer of a knowledge check is what it is.
	Explanation struct {
		Lead    string // About the answer that was given; "" where there was none.
		Answers []Explained
	}

	// End stands where the story is over.
	End struct{}
)

// Kinds of item for the facilitator alone.
type (
	// Standing says how a class stands, in parts that belong on one line.
	Standing struct {
		Parts    []string
		Warnings []string // What isn't as it should be.
	}

	// Place says where in the lesson the facilitator is.
	Place struct {
		Scene         string // The title of the scene.
		At, Of        int    // The scene and the number of scenes, from 1.
		Slide, Slides int    // The slide, from 1, and the number of slides of the scene.
		Script        string // The command of a script that comes next, or "".
		Jump          string // What a jump to this scene takes for granted, or "".
		Review        string // Who has reviewed the lessons, before the story begins.
	}

	// Ahead is what each open choice leads to.
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
	// KeyMessage is what to take away.
	KeyMessage struct {
		Head string
		Text []lesson.Para
	}

	// Reached is the ending that the way led to, out of how many.
	Reached struct{ Head, Title, Words string }

	// Knew is what the other person had come to know by the end.
	Knew struct {
		Head   string
		Things []Thing
	}

	// Path is the way through the lesson.
	Path struct {
		Head  string
		Steps []Step
	}

	// Signs are warning signs, those that were spotted or those that weren't.
	Signs struct {
		Head  string
		Signs []Sign
	}

	// SixMoves are the six moves against blackmail, or those for someone asked to move money.
	SixMoves struct {
		Head  string
		First string // What comes before them all: danger; "" where it was said before.
		From  int    // The number of the first of these, from 1.
		Moves []string
	}

	// Rehearsed is what the lines that were typed on the way did.
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
	Unasked              // It isn't open yet; it can only be read.
	Open                 // An answer is counted, and may be changed until it is closed.
	Watch                // It is open for others; here it can only be read.
	Closed               // It is closed, and no result was shown.
	Shown                // The result is shown to everyone.
)

// Takes reports whether taking an option goes on with the story.
func (q Question) Takes() bool { return q.State == Take }

// IsOpen reports whether an answer is counted here now.
func (q Question) IsOpen() bool { return q.State == Open }

// Option is one thing that can be chosen or answered.
type Option struct {
	Pick   int // Index of the choice or the answer in the lesson, or [play.Unsure].
	Words  string
	Picked bool // The person whose screen this is has picked it.
}

// Result is what everyone may see of the answers to a question.
type Result struct {
	Head  string
	Bars  []Bar  // None where no numbers may be shown.
	Words string // In place of bars.
}

// Bar is a number of answers.
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
	Action int // [play.Run.Undo] of it goes back to before the choice.
	Words  string
	Rating lesson.Rating
	Led    string // The title of the scene that it led to.
	Others []string
}

// Thing is something that the other person came to know, and the words that told it.
type Thing struct{ What, From string }

// Sign is a warning sign: its name and why it is one here.
type Sign struct {
	Name string
	In   string // The message that it stood in, with its writer; "" for none.
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
