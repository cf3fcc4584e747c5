// Command bare is a Bubble Tea program that only draws one screen, to measure the
// least that any program on that library costs.
package main
