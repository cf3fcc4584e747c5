package hear

import "syscall/js"

// plainer asks a method that every string of a browser has. Text itself is no object there.
func plainer(s string) string {
	normalize := js.Global().Get("String").Get("prototype").Get("normalize")
	return normalize.Call("call", s, "NFKD").String()
}
