//go:build !js

package course

import "strings"

// Pack packs the course, with these lessons.
func (c *Course) Pack(lessons []Entry) (*Pack, error) {
	p := &Pack{Lang: c.Lang, Lessons: lessons}
	for _, e := range lessons {
		p.About = append(p.About, c.Situation(e.ID))
	}
	var err error
	if p.Words, err = c.forms(); err != nil {
		return nil, err
	}
	if p.Room, err = c.RoomWords(); err != nil {
		return nil, err
	}
	if p.Six, err = c.SixMoves(); err != nil {
		return nil, err
	}
	if p.Guide, err = c.FirstAid(); err != nil {
		return nil, err
	}
	short, err := c.Short(lessons)
	if err != nil {
		return nil, err
	}
	p.Has = short.Has()
	c.SignName("")
	p.Signs, p.Moves = c.signs, c.readMoves()
	return p, nil
}

// forms reads the words of the interface, each with its plural forms.
func (c *Course) forms() (map[string]Forms, error) {
	var tree map[string]any
	if err := readTOML(c.shipped, "ui.toml", &tree); err != nil {
		return nil, err
	}
	all := make(map[string]Forms)
	gather(all, "", tree)
	return all, nil
}

func gather(all map[string]Forms, name string, tree map[string]any) {
	_, plural := tree["other"].(string)
	for key, v := range tree {
		id := strings.TrimPrefix(name+"."+key, ".")
		switch v := v.(type) {
		case map[string]any:
			gather(all, id, v)
		case string:
			form := "other"
			if plural {
				id, form = name, key
			}
			if all[id] == nil {
				all[id] = make(Forms)
			}
			all[id][form] = v
		}
	}
}
