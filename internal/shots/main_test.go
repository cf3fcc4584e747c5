package main

import "testing"

// TestPicturesAreFresh checks that the pictures in the README are up to date.
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
