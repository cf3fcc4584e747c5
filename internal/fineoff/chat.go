package fineoff

// File is the name of the file that the chats are in, in the folder of a language.
const File = "fine-or-off.toml"

// You is how the file calls the learner.
const You = "you"

// Chat is one of the chats, with what is told once it was answered.
type Chat struct {
	ID      string
	Off     bool
	Early   bool   // Nobody could tell yet.
	Setting string // When and where it is, and who writes.
	Own     string // Whose phone it is: [You], or someone who shows theirs.
	Lines   []Line
	Then    string // What came next.
	Why     string
	Ask     string // What would be worth asking.
}

// Line is a message of a chat.
type Line struct {
	Who   string
	Voice string // The length of a voice message, such as "0:06"; "" for a written one.
	Text  string
}
