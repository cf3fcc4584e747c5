package hear

import "syscall/js"

// plainer decomposes letters with the browser's String.prototype.normalize. It is called on the
// prototype because js.Value can't call methods of a string.
func plainer(s string) string {
	normalize := js.Global().Get("String").Get("prototype").Get("normalize")
	return normalize.Call("call", s, "NFKD").String()
}
