package chroma

// TokenType is a kind of token.
type TokenType int

// The kinds that Glamour has colours for.
const (
	Text TokenType = iota
	Error
	Comment
	CommentPreproc
	Keyword
	KeywordReserved
	KeywordNamespace
	KeywordType
	Operator
	Punctuation
	Name
	NameBuiltin
	NameTag
	NameAttribute
	NameClass
	NameConstant
	NameDecorator
	NameException
	NameFunction
	NameOther
	Literal
	LiteralNumber
	LiteralDate
	LiteralString
	LiteralStringEscape
	GenericDeleted
	GenericEmph
	GenericInserted
	GenericStrong
	GenericSubheading
	Background
)

// StyleEntries are the colours of a style, which are never used.
type StyleEntries map[TokenType]string

// Style is a style, which has only a name.
type Style struct{ Name string }

// MustNewStyle returns a style without its colours.
func MustNewStyle(name string, _ StyleEntries) *Style { return &Style{Name: name} }
