package face

import (
	"strings"
	"testing"
)

func TestValuesStandWhereTheyAreEscaped(t *testing.T) {
	for text, ok := range map[string]bool{
		`{{define "a"}}<p title="{{.}}">{{.}}</p>{{end}}`:                   true,
		`{{define "a"}}<p{{if .}} class="x"{{end}} id="{{.}}">x</p>{{end}}`: true,
		`{{define "a"}}<p title={{.}}>x</p>{{end}}`:                         false,
		`{{define "a"}}<p {{.}}>x</p>{{end}}`:                               false,
		`{{define "a"}}<script>{{.}}</script>{{end}}`:                       false,
		`{{define "a"}}<style>{{.}}</style>{{end}}`:                         false,
		`{{define "a"}}<p style="{{.}}">x</p>{{end}}`:                       false,
		`{{define "a"}}<p onclick="{{.}}">x</p>{{end}}`:                     false,
		`{{define "a"}}{{. | print}}{{end}}`:                                false,
		`{{define "a"}}{{template "b"}}{{end}}`:                             false,
	} {
		_, err := Compile([]File{{"a.html", text}}, []string{"a"}, Funcs{"print": nil})
		if (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestDraw(t *testing.T) {
	type row struct {
		Words string
		N     int
		Below []row
	}
	f, err := Compile([]File{{"a.html", `{{define "a"}}{{$top := .}}{{range $i, $r := .Below}}{{$i}}{{with .Words}}<b>{{.}}</b>{{else}}-{{end}}` +
		`{{if and (ge .N 2) (eq $top.Words "x")}}!{{else if .N}}?{{end}}{{template "b" $r}}{{end}}{{end}}` +
		`{{define "b"}}({{range .Below}}{{.N}}{{else}}none{{end}}){{end}}`}}, []string{"a"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Draw("a", row{Words: "x", Below: []row{{Words: `<"'&+>`, N: 2}, {N: 1, Below: []row{{N: 7}}}}}, nil)
	if want := "0<b>&lt;&#34;&#39;&amp;&#43;&gt;</b>!(none)1-?(7)"; got != want || err != nil {
		t.Errorf("%q %v, want %q", got, err, want)
	}
	if _, err := f.Draw("c", nil, nil); err == nil || !strings.Contains(err.Error(), "c") {
		t.Errorf("got %v", err)
	}
}
