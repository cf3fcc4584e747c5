package face

import (
	"fmt"
	"maps"
	"strings"
	"text/template/parse"
)

// Compile reads templates from files, and keeps those with these names and those that they call.
// A template in a later file replaces one with the same name in an earlier file. Funcs are the
// functions that templates may call; Compile uses only their names.
func Compile(files []File, names []string, funcs Funcs) (*Face, error) {
	trees := make(map[string]*parse.Tree)
	known := map[string]any{"eq": true, "ge": true, "and": true, "or": true, "not": true}
	for name := range funcs {
		known[name] = true
	}
	for _, file := range files {
		some, err := parse.Parse(file.Name, file.Text, "", "", known)
		if err != nil {
			return nil, err
		}
		maps.Copy(trees, some)
	}
	f := &Face{Templates: make(map[string][]Node)}
	for todo := names; len(todo) > 0; todo = todo[1:] {
		name := todo[0]
		if _, ok := f.Templates[name]; ok {
			continue
		}
		tree := trees[name]
		if tree == nil {
			return nil, fmt.Errorf("%w: %s", errTemplate, name)
		}
		c := compiler{}
		if f.Templates[name] = c.list(tree.Root); c.err != nil {
			return nil, fmt.Errorf("template %q: %w", name, c.err)
		}
		todo = append(todo, c.calls...)
	}
	return f, nil
}

// File is a file of templates.
type File struct{ Name, Text string }

// compiler keeps the first error, and the tag that is open.
type compiler struct {
	err   error
	tag   string // The text so far of the tag that is open; "" outside of tags.
	calls []string
}

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *compiler) list(l *parse.ListNode) []Node {
	if l == nil {
		return nil
	}
	var all []Node
	for _, n := range l.Nodes {
		if n := c.node(n); n.Kind != nothing {
			all = append(all, n)
		}
	}
	return all
}

// read reads text, to find whether it ends within a tag.
func (c *compiler) read(text string) {
	for _, raw := range []string{"script", "style"} {
		if strings.Count(text, "<"+raw) > strings.Count(text, "</"+raw) && strings.HasSuffix(text, ">") {
			c.fail("a %s is open behind %q", raw, text)
		}
	}
	c.tag += text
	if i := strings.LastIndexByte(c.tag, '>'); i >= 0 {
		c.tag = c.tag[i+1:]
	}
	if i := strings.LastIndexByte(c.tag, '<'); i >= 0 {
		c.tag = c.tag[i:]
	} else {
		c.tag = ""
	}
}

// place refuses a value at a place for which escape isn't enough.
func (c *compiler) place() {
	if c.tag == "" {
		return
	}
	if strings.Count(c.tag, `"`)%2 == 0 {
		c.fail("a value in a tag stands in no quotes: %q", c.tag)
		return
	}
	at := c.tag[:strings.LastIndexByte(c.tag, '"')]
	for _, bad := range []string{" style=", " on", " srcdoc="} {
		if name := at[strings.LastIndexByte(at, ' '):]; strings.HasPrefix(name, bad) {
			c.fail("a value stands in%s", name)
		}
	}
}

func (c *compiler) node(n parse.Node) Node {
	switch n := n.(type) {
	case *parse.TextNode:
		c.read(string(n.Text))
		return Node{Kind: text, Text: string(n.Text)}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return Node{Kind: set, Pipe: c.pipe(n.Pipe)}
		}
		c.place()
		return Node{Kind: put, Pipe: c.pipe(n.Pipe)}
	case *parse.IfNode:
		return c.branch(ifs, &n.BranchNode)
	case *parse.RangeNode:
		return c.branch(ranges, &n.BranchNode)
	case *parse.WithNode:
		return c.branch(with, &n.BranchNode)
	case *parse.TemplateNode:
		c.calls = append(c.calls, n.Name)
		return Node{Kind: call, Text: n.Name, Pipe: c.pipe(n.Pipe)}
	case *parse.CommentNode:
		return Node{}
	}
	c.fail("%q isn't known here", n)
	return Node{}
}

// branch compiles both branches, which begin at the same place of a tag.
func (c *compiler) branch(k Kind, n *parse.BranchNode) Node {
	out := Node{Kind: k, Pipe: c.pipe(n.Pipe)}
	at := c.tag
	out.Then = c.list(n.List)
	then := c.tag
	c.tag = at
	if out.Else = c.list(n.ElseList); len(out.Else) == 0 || k != ifs {
		c.tag = then
	}
	return out
}

func (c *compiler) pipe(p *parse.PipeNode) *Pipe {
	if p == nil {
		return nil
	}
	out := &Pipe{}
	for _, d := range p.Decl {
		out.Decl = append(out.Decl, d.Ident[0])
	}
	if len(p.Cmds) != 1 {
		c.fail("%q: values aren't piped here", p)
		return out
	}
	for _, a := range p.Cmds[0].Args {
		out.Args = append(out.Args, c.arg(a))
	}
	return out
}

func (c *compiler) arg(n parse.Node) Arg {
	switch n := n.(type) {
	case *parse.DotNode:
		return Arg{Kind: path}
	case *parse.FieldNode:
		return Arg{Kind: path, Path: n.Ident}
	case *parse.VariableNode:
		return Arg{Kind: variable, Words: n.Ident[0], Path: n.Ident[1:]}
	case *parse.StringNode:
		return Arg{Kind: words, Words: n.Text}
	case *parse.NumberNode:
		return Arg{Kind: number, N: int(n.Int64)}
	case *parse.IdentifierNode:
		return Arg{Kind: function, Words: n.Ident}
	case *parse.PipeNode:
		return Arg{Kind: within, Pipe: c.pipe(n)}
	}
	c.fail("%q isn't known here", n)
	return Arg{}
}
