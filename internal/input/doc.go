// Package input stands between a terminal and the program that reads its keys, on
// this machine and over SSH alike.
//
// What a terminal sends is a stream without packets: a key can be one byte, an arrow
// three, the answer to a question about its colours thirty, a paste any number. Each
// can be torn by a slow line, or never end. A decoder that waits for the end of one is
// deaf for as long as it waits, and one that gives up reads the rest as keys: a digit
// of a late answer then answers a question of the lesson.
//
// [Reader] hands on whole keys, whole pastes and whole replies. What is torn and comes
// late is put together or dropped, what is too long is cut or dropped, and the keys that
// leave at once are recognised in every state:
//
//	keys := input.New(session)
//	defer keys.Close()
//	program := tea.NewProgram(model, tea.WithInput(keys))
//
// [Latin] says which key of a Latin keyboard stands where a letter of another script
// was typed.
//
// # What this package must not know
//
// Any screen, and what a key does.
package input
