package web

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"

	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// now is the data for the page of a seat: the items of package view, and what the forms need.
type now struct {
	frame
	Ended    bool
	Items    []view.Item
	Alone    view.Alone // For a seat at its own pace.
	JoinInfo JoinInfo
	Scan     *QRCode
	OnDevice *onDevice // For a line to type that can be heard; or nil.
}

// now collects what a seat is shown.
func (k *Class) now(v room.View, c JoinInfo) *now {
	n := &now{frame: frame{Lang: k.course.Lang, Form: k.form, Projector: v.Seat.Projector},
		Items: k.view.Class(v, view.Participant), JoinInfo: c}
	for _, it := range n.Items {
		switch it.(type) {
		case view.Over:
			n.Ended = true
		case view.Lobby:
			n.Scan = qrCode(c.Scan)
		case view.OwnPace:
			run := v.Seat.Run(v.Class.Talk().Run().Lesson())
			n.Alone = k.view.Alone(run)
			if k.ears != nil && run.Turn() == play.Say {
				n.OnDevice = k.onDevice(run)
			}
		}
	}
	return n
}

// drawn is the data for an item's template: the item, and the page that it is on.
type drawn struct {
	It   view.Item
	Page *now
}

// item renders an item with the template of its kind.
func (k *Class) item(it view.Item, page *now) (template.HTML, error) {
	var b strings.Builder
	if err := k.pages.ExecuteTemplate(&b, kind(it), drawn{it, page}); err != nil {
		return "", fmt.Errorf("draw a %s: %w", kind(it), err)
	}
	return template.HTML(b.String()), nil // Our template has escaped it.
}

// kind returns the name of an item's kind, which is also the name of its template.
func kind(it view.Item) string { return reflect.TypeOf(it).Name() }

// alertClass returns the CSS class of a piece of feedback.
func alertClass(f view.Feedback) string {
	return [...]string{"important", "tip", "warning", "caution", "important"}[f.Alert]
}

// listed reports whether the options of a question are listed. They aren't if its result has
// bars, which have the words of the options.
func listed(q view.Question) bool {
	return q.Result == nil || len(q.Result.Bars) == 0
}
