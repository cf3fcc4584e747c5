package site

import "testing"

func TestLean(t *testing.T) {
	src := "// The licence.\n// Its second line.\n\n  a(\"// not a comment\") // one behind\n\n\t// A comment.\n" +
		"\tb();\r\n"
	want := "// The licence.\n// Its second line.\na(\"// not a comment\") // one behind\nb();\n"
	if got := string(lean([]byte(src))); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPlainTextNeedsNoEscapes(t *testing.T) {
	page := `<p title="&#34;a&#34; isn&#39;t">He said &#34;it&#39;s &lt;b&gt; &amp;#39; 1&#43;1&#34;</p>` + "\n\n  \n<p></p>"
	want := `<p title="&#34;a&#34; isn&#39;t">He said "it's &lt;b&gt; &amp;#39; 1+1"</p>` + "\n<p></p>"
	if got := string(plain([]byte(page))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
