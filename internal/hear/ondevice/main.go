//go:build js

package main

import (
	"syscall/js"

	"wayout/internal/exchange"
	"wayout/internal/hear"
)

// main sets three functions of the worker. wayoutStart takes the frames and the weights, and
// returns "" or what is wrong with them. wayoutHear takes a rehearsal, the phrases, a line, and
// the moves that were just asked about, if any. wayoutMeant takes the same, but instead of the
// line the move that the learner says it was. Both return an [exchange.Answer]; rehearsals and
// phrases are objects as in the JSON of package exchange.
func main() {
	var ears *hear.Recogniser
	js.Global().Set("wayoutStart", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var err error
		if ears, err = hear.ReadPacked(bytesOf(args[0]), bytesOf(args[1])); err != nil {
			return err.Error()
		}
		return ""
	}))
	js.Global().Set("wayoutHear", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return answerOf(rehearsalOf(args[0]).Answer(ears, phrasesOf(args[1]), args[2].String(),
			stringsOf(args[3])))
	}))
	js.Global().Set("wayoutMeant", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return answerOf(rehearsalOf(args[0]).Meant(phrasesOf(args[1]), args[2].String()))
	}))
	select {}
}

func bytesOf(array js.Value) []byte {
	b := make([]byte, array.Get("length").Int())
	js.CopyBytesToGo(b, array)
	return b
}

// The objects are read by hand: encoding/json would be a sixth of what a device loads.

func rehearsalOf(v js.Value) exchange.Rehearsal {
	r := exchange.Rehearsal{In: hear.Situation(v.Get("in").Int()), Tells: v.Get("tells").Truthy(),
		Friend: v.Get("friend").Truthy(), People: stringsOf(v.Get("people")),
		Models: stringsOf(v.Get("models"))}
	if m := v.Get("model"); m.Truthy() {
		r.Model = m.String()
	}
	items := v.Get("items")
	for i := range items.Length() {
		it := items.Index(i)
		r.Items = append(r.Items, exchange.Item{Move: it.Get("move").String(), Weak: it.Get("weak").Truthy(),
			Fulfils: it.Get("fulfils").Truthy(), Cues: stringsOf(it.Get("cues")), Reply: it.Get("reply").Int()})
	}
	return r
}

func phrasesOf(v js.Value) exchange.Phrases {
	text := func(name string) string { return v.Get(name).String() }
	table := func(name string, keys []string) map[string]string {
		all := make(map[string]string)
		for _, key := range keys {
			all[key] = v.Get(name).Get(key).String()
		}
		return all
	}
	return exchange.Phrases{Strong: text("strong"), Also: text("also"), Told: text("told"), Likely: text("likely"),
		Begun: text("begun"), Quoted: text("quoted"), And: text("and"),
		Nothing: stringsOf(v.Get("nothing")), Kindly: stringsOf(v.Get("kindly")),
		Besides: stringsOf(v.Get("besides")), Either: text("either"), Single: text("single"),
		Yes: text("yes"), Neither: text("neither"), Gentle: text("gentle"),
		Foreign: text("foreign"),
		Own:     text("own"), Other: text("other"), Names: table("names", exchange.AllNames()),
		Doing: table("doing", exchange.AllMoves())}
}

func stringsOf(v js.Value) (all []string) {
	if !v.Truthy() {
		return nil
	}
	for i := range v.Length() {
		all = append(all, v.Index(i).String())
	}
	return all
}

func answerOf(a exchange.Answer) any {
	out := map[string]any{"danger": a.Danger, "picked": a.Picked, "reply": a.Reply,
		"told": map[string]any{"strong": a.Told.Strong, "weak": a.Told.Weak, "unsure": a.Told.Unsure,
			"gentle": a.Told.Gentle}}
	if a.Asked != nil {
		out["asked"] = map[string]any{"asks": a.Asked.Asks, "options": anyOf(a.Asked.Options)}
		out["moves"] = anyOf(a.Moves)
	}
	return out
}

func anyOf(all []string) (out []any) {
	for _, s := range all {
		out = append(out, s)
	}
	return out
}
