// Command bare is a Bubble Tea program that does nothing but draw one screen:
// what any program on that library costs at least.
package main
