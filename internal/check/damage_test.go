package check

import (
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// damages are ways to break the example, each of a different kind: typical mistakes of
// authors and of their programs.
var damages = []struct{ kind, from, to string }{
	{"a link to a heading that was renamed", "## Kind eyes", "## Kinder eyes"},
	{"a link with a slip", "](#sunday)", "](#sundy)"},
	{"two headings alike", "## Off\n", "## Gone\n"},
	{"a scene without its heading", "## Poster paint\n", ""},
	{"a condition on a fact that isn't there", "`?papaw` **Kenz:** hows papaw", "`?papow` **Kenz:** hows papaw"},
	{"a condition on a scene that isn't there", "`!scene:andre` *Sunday", "`!scene:andrew` *Sunday"},
	{"a fact that is never set", "`+wiped` Settings", "Settings"},
	{"a leak that is never set", "`+money`\n\n", ""},
	{"a leak that isn't declared", "  money: how much Wyatt has saved\n", ""},
	{"a chip without backticks", "`+dez`\n\n`!wiped`", "'+dez'\n\n`!wiped`"},
	{"a chip of curly quotes", "`+sent` He sends one.", "‘+sent’ He sends one."},
	{"a name that isn't bold", "> **Kenz:** did he suffer", "> Kenz: did he suffer"},
	{"a name with one star", "> **Kenz:** did he suffer", "> *Kenz:* did he suffer"},
	{"a name that is written another way", "> **Kenz:** did he suffer", "> **kenz:** did he suffer"},
	{"two messages run together", "> **Wyatt:** thank you. he was so young\n\n",
		"> **Wyatt:** thank you. he was so young\n"},
	{"speech run together", "**Wyatt:** \"It's just loud.\"\n\n", "**Wyatt:** \"It's just loud.\"\n"},
	{"a message without words", "> **Kenz:** did he suffer", "> **Kenz:**"},
	{"a sign without a text", "[^trade]: ", "trade: "},
	{"a sign without a mark", "its only fair[^trade]", "its only fair"},
	{"a sign of no kind", "[^trade]", "[^treat]"},
	{"an unknown comment", "> [!WARNING]\n> It looked", "> [!WARN]\n> It looked"},
	{"a comment with its mark outside", "> [!WARNING]\n> It looked", "[!WARNING]\n> It looked"},
	{"feedback taken out", "> [!WARNING]\n> `?papaw` Telling her about Papaw was kind, and it's how friends talk. " +
		"Now look at who asks and who answers. She's told him nothing he could check.\n\n> [!TIP]\n" +
		"> `!papaw` Wyatt's been good company all week without giving much away. Jokes are a fine way to like " +
		"someone while you find out who they are.\n", "It's late.\n"},
	{"feedback that says nothing", "It looked like proof, so he quit wondering. But pictures get borrowed, edited " +
		"and made to order. If someone fails a test like that, it means something. If they pass, it doesn't.",
		"Careful."},
	{"an ending without help", "> [!IMPORTANT]\n> This one isn't over", "> [!CAUTION]\n> This one isn't over"},
	{"a box without its bracket", "- [x] He pulled back", "- [x He pulled back"},
	{"two right answers", "- [ ] She forgot Greg's name", "- [x] She forgot Greg's name"},
	{"no right answer", "- [x] He pulled back", "- [ ] He pulled back"},
	{"an answer that isn't explained",
		"  Plenty of good friends start out far away. It only means nobody's met her yet.\n\n", ""},
	{"a move that is none", "- `say-worst`\n\n  **Papaw:**", "- `say-wurst`\n\n  **Papaw:**"},
	{"a move of another situation", "- `say-worst`\n\n  **Papaw:**", "- `boundary`\n\n  **Papaw:**"},
	{"a rehearsal that leads nowhere", "[Papaw holds out his good hand](#not-yours)", ""},
	{"no model answer", "**Wyatt:** \"There's a picture. They want money, or they're sending it to everybody. I " +
		"don't know what to do.\"\n\n**Wyatt:** \"I need help. I couldn't tell Mom. She's got you. She's got " +
		"everything.\"\n\n", ""},
	{"words beside a link", "[The next day](#gary)", "[The next day](#gary) goes on"},
	{"two ways on", "[The next day](#gary)", "[The next day](#gary)\n\n[Or](#sunday)"},
	{"an unknown rating", "(#gary \"safe\")", "(#gary \"save\")"},
	{"a key with a slip", "focus: Wyatt", "fokus: Wyatt"},
	{"a key twice", "role: target", "role: target\nrole: target"},
	{"no front matter", "---\ngoal", "goal"},
	{"minutes that aren't true", "minutes: 16", "minutes: 40"},
	{"a real app", "The payment app said ninety days", "PayPal said ninety days"},
	{"a phone number", "Mom has three more ideas.", "Mom has three more ideas. Call 740-555-0143 at once."},
	{"blame", "He likes her, and a week of jokes felt like knowing her.",
		"He should have known better. A week of jokes felt like knowing her."},
	{"a scene that nothing leads to", "## Papaw\n", "## An island\n\n> **Dez:** hi\n\n[On](#papaw)\n\n## Papaw\n"},
	{"a circle with no way out", "[The next day](#gary)", "[The next day](#kind-eyes)"},
	{"a choice that is never open", "- [Go tell her, allergies and all](#the-kitchen-light \"safe\")",
		"- `?dez` `!dez` [Go tell her, allergies and all](#the-kitchen-light \"safe\")"},
	{"struck words that stay", "> **Wyatt:** greg\n", "> **Wyatt:** greg ~~no~~ yes\n"},
	{"a page of raw HTML", "That night a stranger pays her respects.",
		"<p>That night a stranger pays her respects.</p>"},
	{"an image", "That night a stranger pays her respects.", "![her](her.png)"},
	{"a bidi control", "That night a stranger", "That \u202enight a stranger"},
	{"a narrator who explains", "They talk for an hour, and the jokes slow down.",
		"They talk for an hour. It's a scam, and he should tell someone."},
	{"a wall of words", "Wyatt doesn't know what to say to that, so he sends her a picture of the truck.",
		strings.Repeat("Wyatt doesn't know what to say to that, so he sends her a picture of the truck. ", 5)},
	{"a joke about a line that wasn't understood", "**Papaw:** \"Again. I got. All day.\"",
		"**Papaw:** \"Haha, what!\""},
	{"a menu of safe choices", "(#so-close \"risky\")\n- [\"a gentleman", "(#so-close \"safe\")\n- [\"a gentleman"},
	{"an ending that hardly anyone reaches", "- `?scene:papaw` `!scene:right-here` [Yell](#soup-cans \"safe\")",
		"- `?scene:papaw` `!scene:right-here` [Yell](#five-cones \"safe\")"},
	{"a stilted phrase", "so he quit wondering", "in order to stop wondering"},
	{"the six moves in other words", "2. Don't reply, don't pay, don't send more.", "2. Do not pay."},
	{"an ending that leads on", "[^identity]: Everyone", "[Back](#rest-in-peace-greg)\n\n[^identity]: Everyone"},
	{"the text of a sign twice", "[^trade]: ", "[^trade]: She gave something.\n[^trade]: "},
	{"a choice without words", "[Ask Kenz for the spoon](#the-spoon \"risky\")", "[](#the-spoon \"risky\")"},
	{"a reaction moved in by one space", "  > **Kenz:** sings what", " > **Kenz:** sings what"},
	{"a reaction not moved in", "  > **Kenz:** ok mystery man", "> **Kenz:** ok mystery man"},
	{"the line to type taken out", "**Wyatt:** ________\n\n- `say-what`", "- `say-what`"},
	{"a line to type with spaces", "**Wyatt:** ________", "**Wyatt:** _ _ _ _"},
	{"the person renamed at the top alone", "focus: Wyatt", "focus: Wyat"},
	{"a condition with a space", "`?papaw` **Kenz:** hows", "`? papaw` **Kenz:** hows"},
	{"two conditions in one mark", "`!scene:the-spoon` `!scene:it-rings` Teasing",
		"`!scene:the-spoon !scene:it-rings` Teasing"},
	{"a key with nothing behind it", "goal: Stop answering, save the chat, wake someone up.", "goal:"},
	{"a panel inside a panel", "> [!WARNING]\n> It looked", "> [!WARNING]\n> > [!TIP]\n> > It looked"},
	{"a heading with three marks", "## Kind eyes", "### Kind eyes"},
	{"a model answer of someone else",
		"**Wyatt:** \"I need help. I couldn't tell Mom. She's got you. She's got everything.\"",
		"> Wyatt I need help."},
}

// TestDamageIsNoticed checks that each of the damages is reported.
func TestDamageIsNoticed(t *testing.T) {
	good := example(t)
	lex := exampleWords(t, parse(t, "example.md", good))
	missed := 0
	for _, d := range damages {
		if !strings.Contains(good, d.from) {
			t.Errorf("%s: the example has no %q", d.kind, d.from)
			continue
		}
		src := strings.Replace(good, d.from, d.to, 1)
		if d.kind == "a sign of no kind" {
			src = strings.ReplaceAll(good, d.from, d.to)
		}
		l, diags := lesson.Parse("example.md", []byte(src))
		if l != nil {
			for _, f := range Lesson(l, lex) {
				if !strings.HasPrefix(f.Message, untyped) {
					diags = append(diags, f)
				}
			}
		}
		if len(diags) == 0 {
			missed++
			t.Logf("nobody notices %s", d.kind)
		}
	}
	t.Logf("%d of %d kinds of damage are noticed", len(damages)-missed, len(damages))
	if 20*missed > len(damages) {
		t.Errorf("of %d kinds of damage %d are not noticed", len(damages), missed)
	}
}
