package fineoff

// File is the name of the file that the chats are in, in the folder of a language.
const File = "fine-or-off.toml"

// You is the name of the learner in the file.
const You = "you"

// Chat is one of the chats, with what is told after the answer.
type Chat struct {
	ID      string
	Off     bool
	Early   bool   // Nobody could tell yet whether the chat is fine or off.
	Setting string // When and where the chat takes place, and who writes.
	Own     string // Whose phone the chat is on: [You], or the name of someone who shows theirs.
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
