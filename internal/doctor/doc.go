// Package doctor looks for what could be in the way of a class: which address of
// this computer others can reach, whether its ports are free, what a firewall, a
// proxy or a wireless network that keeps its devices apart would do, and whether
// the terminal can show a desk. It opens nothing that stays open, sends nothing
// to anybody, and says of every finding what to do about it.
package doctor
