package face

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Face is a set of compiled templates, by name.
type Face struct{ Templates map[string][]Node }

// Kind says what a [Node] or an [Arg] is.
type Kind uint8

// The kinds of nodes.
const (
	nothing Kind = iota
	text
	put
	set
	ifs
	ranges
	with
	call
)

// The kinds of arguments.
const (
	path Kind = iota
	variable
	words
	number
	function
	within
)

// Node is a part of a template.
type Node struct {
	Kind       Kind
	Text       string // The text, or the name of the template that is called.
	Pipe       *Pipe
	Then, Else []Node
}

// Pipe is a value: that of its only argument, or of a function called with the others.
type Pipe struct {
	Decl []string // The variables that the value is assigned to.
	Args []Arg
}

// Arg is an argument.
type Arg struct {
	Kind  Kind
	Words string
	Path  []string
	N     int
	Pipe  *Pipe
}

// HTML is text that has been escaped.
type HTML string

// Funcs are the functions that templates call.
type Funcs map[string]func(args []any) (any, error)

// errTemplate is returned for an unknown template.
var errTemplate = errors.New("no such template")

// Draw draws a template.
func (f *Face) Draw(name string, data any, funcs Funcs) (string, error) {
	d := drawer{face: f, funcs: funcs}
	err := d.template(name, data)
	return d.out.String(), err
}

type drawer struct {
	face  *Face
	funcs Funcs
	out   strings.Builder
	vars  []kept
}

// kept is a variable of a template.
type kept struct {
	name  string
	value any
}

func (d *drawer) template(name string, data any) error {
	nodes, ok := d.face.Templates[name]
	if !ok {
		return fmt.Errorf("%w: %s", errTemplate, name)
	}
	outer := d.vars
	d.vars = []kept{{"$", data}}
	err := d.list(nodes, data)
	d.vars = outer
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// list draws nodes. Variables that they declare end with the list.
func (d *drawer) list(nodes []Node, dot any) error {
	n := len(d.vars)
	for i := range nodes {
		if err := d.node(&nodes[i], dot); err != nil {
			return err
		}
	}
	d.vars = d.vars[:n]
	return nil
}

func (d *drawer) node(n *Node, dot any) error {
	if n.Kind == text {
		d.out.WriteString(n.Text)
		return nil
	}
	var v any
	if n.Pipe != nil {
		var err error
		if v, err = d.pipe(n.Pipe, dot); err != nil {
			return err
		}
	}
	switch n.Kind {
	case put:
		if said, ok := v.(HTML); ok {
			d.out.WriteString(string(said))
			return nil
		}
		escape(&d.out, printed(v))
	case set:
		d.vars = append(d.vars, kept{n.Pipe.Decl[0], v})
	case call:
		return d.template(n.Text, v)
	case ranges:
		return d.each(n, v, dot)
	case ifs, with:
		return d.branch(n, v, dot)
	}
	return nil
}

func (d *drawer) branch(n *Node, v, dot any) error {
	if !truth(v) {
		return d.list(n.Else, dot)
	}
	outer := len(d.vars)
	if len(n.Pipe.Decl) > 0 {
		d.vars = append(d.vars, kept{n.Pipe.Decl[0], v})
	}
	if n.Kind == with {
		dot = v
	}
	err := d.list(n.Then, dot)
	d.vars = d.vars[:outer]
	return err
}

func (d *drawer) each(n *Node, v, dot any) error {
	all := reflect.ValueOf(v)
	if v == nil || all.Kind() != reflect.Slice || all.Len() == 0 {
		return d.list(n.Else, dot)
	}
	outer := len(d.vars)
	for i := range all.Len() {
		one := all.Index(i).Interface()
		switch decl := n.Pipe.Decl; len(decl) {
		case 1:
			d.vars = append(d.vars[:outer], kept{decl[0], one})
		case 2:
			d.vars = append(d.vars[:outer], kept{decl[0], i}, kept{decl[1], one})
		}
		if err := d.list(n.Then, one); err != nil {
			return err
		}
	}
	d.vars = d.vars[:outer]
	return nil
}

func (d *drawer) pipe(p *Pipe, dot any) (any, error) {
	first := p.Args[0]
	if first.Kind != function {
		return d.arg(first, dot)
	}
	var args []any
	for _, a := range p.Args[1:] {
		v, err := d.arg(a, dot)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
		if end := first.Words == "or" && truth(v) || first.Words == "and" && !truth(v); end {
			return v, nil
		}
	}
	return d.function(first.Words, args)
}

func (d *drawer) function(name string, args []any) (any, error) {
	switch name {
	case "and", "or":
		return args[len(args)-1], nil
	case "not":
		return !truth(args[0]), nil
	case "eq":
		return printed(args[0]) == printed(args[1]), nil
	case "ge":
		a, _ := args[0].(int)
		b, _ := args[1].(int)
		return a >= b, nil
	}
	f, ok := d.funcs[name]
	if !ok {
		return nil, fmt.Errorf("no function %s", name)
	}
	return f(args)
}

func (d *drawer) arg(a Arg, dot any) (any, error) {
	switch a.Kind {
	case words:
		return a.Words, nil
	case number:
		return a.N, nil
	case within:
		return d.pipe(a.Pipe, dot)
	case function:
		return d.function(a.Words, nil)
	case variable:
		for i := len(d.vars) - 1; i >= 0; i-- {
			if d.vars[i].name == a.Words {
				return follow(d.vars[i].value, a.Path)
			}
		}
		return nil, fmt.Errorf("no variable %s", a.Words)
	}
	return follow(dot, a.Path)
}

// follow returns the value at a path of fields and methods.
func follow(v any, path []string) (any, error) {
	for _, name := range path {
		if said, ok := method(v, name); ok {
			v = said
			continue
		}
		of := reflect.ValueOf(v)
		for of.Kind() == reflect.Pointer && !of.IsNil() {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return nil, fmt.Errorf("no field %s of %T", name, v)
		}
		field := of.FieldByName(name)
		if !field.IsValid() {
			return nil, fmt.Errorf("no field %s of %T", name, v)
		}
		v = field.Interface()
	}
	return v, nil
}

// method calls the few methods that templates call. Finding them by name with package reflect
// would keep the linker from dropping any method of the program.
func method(v any, name string) (any, bool) {
	switch name {
	case "IsOpen":
		if q, ok := v.(interface{ IsOpen() bool }); ok {
			return q.IsOpen(), true
		}
	case "Takes":
		if q, ok := v.(interface{ Takes() bool }); ok {
			return q.Takes(), true
		}
	}
	return nil, false
}

// truth reports whether a value is neither empty nor zero.
func truth(v any) bool {
	if v == nil {
		return false
	}
	switch of := reflect.ValueOf(v); of.Kind() {
	case reflect.Struct:
		return true
	case reflect.Slice, reflect.Map, reflect.String:
		return of.Len() > 0
	default:
		return !of.IsZero()
	}
}

func printed(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case nil:
		return ""
	}
	if of := reflect.ValueOf(v); of.Kind() == reflect.String {
		return of.String()
	}
	return fmt.Sprint(v)
}

// escape writes text for an element, or for an attribute in quotes, as html/template does.
func escape(out *strings.Builder, said string) {
	for _, r := range said {
		switch r {
		case '&':
			out.WriteString("&amp;")
		case '<':
			out.WriteString("&lt;")
		case '>':
			out.WriteString("&gt;")
		case '"':
			out.WriteString("&#34;")
		case '\'':
			out.WriteString("&#39;")
		case '+':
			out.WriteString("&#43;")
		case 0:
			out.WriteRune('\uFFFD')
		default:
			out.WriteRune(r)
		}
	}
}
