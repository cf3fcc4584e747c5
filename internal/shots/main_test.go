package main

import "testing"

// TestPicturesAreFresh draws the pictures of README anew and compares.
func TestPicturesAreFresh(t *testing.T) {
	c := &camera{}
	defer c.close()
	pictures, err := take(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := compare(".", pictures); err != nil {
		t.Error(err)
	}
}
