package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"wayout/internal/room"
)

// How a class is measured: as if quick students answered all the time.
const (
	answerEvery = 2 * time.Second
	answersEach = 10
	idleFor     = 5 * time.Second
	joinAtOnce  = 40 // A class that joins all at once.
	orders      = 25 // Of which the median is taken: one order takes up to twice as long as another.
)

// access is a way to serve students.
type access struct {
	name  string
	sizes []int
	sit   func(s *school, i int) (student, error) // Nil where each student has a process.
}

var accesses = []access{
	{"HTML", []int{50, 200, 1000, 2000}, sitBrowser},
	{"SSH", []int{50, 200}, sitTerminal},
	{"a process each", []int{50, 200}, nil},
}

// row is what one class has cost.
type row struct {
	access    string
	n         int
	total     int           // KiB in all.
	each      float64       // KiB a student, beyond what was there before the class joined.
	idle      float64       // Processor use while no one does anything; 1 is a whole core.
	perAnswer time.Duration // Processor time.
	took      []time.Duration
	late      int           // Answers that were not on the screen before the next one was due.
	toAll     time.Duration // From an order of the desk to the last screen, the median of several.
}

// at returns a quantile of the times that answers took, which are sorted.
func (r row) at(q float64) time.Duration { return r.took[int(q*float64(len(r.took)-1))] }

// class prints what a student in a class costs, for each way of serving them.
func class(dir string) error {
	debug.SetGCPercent(400) // The simulated students must not be the bottleneck.
	fmt.Printf("a class on one machine: each student answers every %v, %d times; 80 x 24; over loopback, no TLS\n",
		answerEvery, answersEach)
	fmt.Printf("%-16s %8s %9s %10s %8s %11s %8s %8s %8s %10s\n", "", "students", "MiB", "KiB each", "idle %", "CPU an",
		"p50 ms", "p99 ms", "worst", "order to")
	fmt.Printf("%-16s %8s %9s %10s %8s %11s %8s %8s %8s %10s\n", "", "", "in all", "", "of core", "answer ms", "", "",
		"", "all ms")
	var rows []row
	for _, f := range accesses {
		for _, n := range f.sizes {
			r, err := measure(f, n, dir)
			if err != nil {
				return fmt.Errorf("%s, %d students: %w", f.name, n, err)
			}
			toAll := "-"
			if r.toAll > 0 {
				toAll = fmt.Sprintf("%.1f", ms(r.toAll))
			}
			fmt.Printf("%-16s %8d %9.1f %10.1f %8.1f %11.2f %8.1f %8.1f %8.1f %10s\n", r.access, r.n,
				float64(r.total)/1024, r.each, 100*r.idle, ms(r.perAnswer),
				ms(r.at(0.5)), ms(r.at(0.99)), ms(r.took[len(r.took)-1]), toAll)
			if r.late > 0 {
				fmt.Printf("  %d of %d answers were not on the screen within %v: the machine is full\n", r.late,
					len(r.took), answerEvery-quiet)
			}
			rows = append(rows, r)
		}
	}
	fmt.Println("a process each is the program and its terminal alone: the web server and the terminal in the page " +
		"that ttyd or gotty add are not in it,\nand its answer is a step between two choices")
	judge(rows)
	return nil
}

// judge compares the rows with the goals for a class on one teacher's computer.
func judge(rows []row) {
	say := func(what string, got, most float64) {
		fmt.Printf("%s: %.1f, at most %.0f: %s\n", what, got, most, verdict(got <= most))
	}
	worst := make(map[string]float64)
	for _, r := range rows {
		worst[r.access] = max(worst[r.access], r.each)
	}
	say("KiB a student in HTML, the dearest row", worst["HTML"], 100)
	say("KiB a student over SSH, the dearest row", worst["SSH"], 900)
	for _, r := range rows {
		if r.access == "HTML" && r.n == 2000 {
			say("p99 from answer to screen with 2,000 in HTML, ms", ms(r.at(0.99)), 100)
		}
	}
	for _, name := range []string{"HTML", "SSH"} {
		one, peer := find(rows, name, 200), find(rows, "a process each", 200)
		fmt.Printf(
			"a process each takes %.0f times the memory of %s with 200 students, %.0f times the idle processor\n",
			peer.each/one.each, name, peer.idle/one.idle)
	}
}

func find(rows []row, name string, n int) row {
	return rows[slices.IndexFunc(rows, func(r row) bool { return r.access == name && r.n == n })]
}

// measure lets n students join, do nothing for a while, and answer, and returns what that cost.
func measure(f access, n int, dir string) (row, error) {
	c, err := assemble(f, n, dir)
	if err != nil {
		return row{}, err
	}
	defer c.close()
	r := row{access: f.name, n: n}
	time.Sleep(2 * time.Second) // The rest of the work of joining.
	begun, err := cpu(c.pids)
	if err != nil {
		return r, err
	}
	from := time.Now() // A busy machine sleeps for longer than asked.
	time.Sleep(idleFor)
	rested, err := cpu(c.pids)
	if err != nil {
		return r, err
	}
	r.idle = float64(rested-begun) / float64(time.Since(from))
	quietly, err := memory(c.pids)
	if err != nil {
		return r, err
	}
	if r.took, r.late, err = c.answers(answersEach); err != nil {
		return r, err
	}
	after, err := cpu(c.pids)
	if err != nil {
		return r, err
	}
	r.perAnswer = (after - rested) / time.Duration(len(r.took))
	if r.total, err = memory(c.pids); err != nil {
		return r, err
	}
	r.total = max(r.total, quietly)
	r.each = float64(r.total-c.before) / float64(n)
	if c.school != nil {
		r.toAll, err = c.toAll()
	}
	return r, err
}

// crowd is a class that has joined.
type crowd struct {
	school   *school // Nil where each student has a process.
	pids     []int
	students []student
	question room.Question // The open question; empty where each student has a process.
	before   int           // KiB before any student came.
}

func (c *crowd) close() {
	for _, s := range c.students {
		s.close()
	}
	if c.school != nil {
		c.school.close()
	}
}

// assemble lets n students join, and puts a question to them.
func assemble(f access, n int, dir string) (*crowd, error) {
	c := &crowd{}
	if f.sit == nil {
		return c, c.processes(n, dir)
	}
	var err error
	if c.school, err = openSchool(dir); err != nil {
		return c, err
	}
	c.pids = []int{c.school.cmd.Process.Pid}
	// A small class joins first, so that what is allocated only once isn't charged to the students.
	if err := c.join(f, 40); err != nil {
		return c, err
	}
	if _, _, err := c.answers(4); err != nil {
		return c, err
	}
	if err := c.school.order(room.End); err != nil {
		return c, err
	}
	for _, s := range c.students {
		s.close()
	}
	c.students = nil
	time.Sleep(time.Second)
	if c.before, err = memory(c.pids); err != nil {
		return c, err
	}
	return c, c.join(f, n)
}

// join opens a class, lets n students join, and puts a question to them.
func (c *crowd) join(f access, n int) error {
	if err := c.school.meet(n + 8); err != nil {
		return err
	}
	c.students = make([]student, n)
	errs := make(chan error, n)
	slots := make(chan struct{}, joinAtOnce)
	var all sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			s, err := f.sit(c.school, i)
			if err != nil {
				errs <- fmt.Errorf("student %d: %w", i, err)
				return
			}
			c.students[i] = s
		})
	}
	all.Wait()
	close(errs)
	if err := <-errs; err != nil {
		c.students = slices.DeleteFunc(c.students, func(s student) bool { return s == nil })
		return err
	}
	var err error
	c.question, err = c.school.ask()
	return err
}

// processes starts a process for each student.
func (c *crowd) processes(n int, dir string) error {
	p, err := playing(dir)
	if err != nil {
		return err
	}
	for range n {
		s, err := sitProcess(p, dir)
		if err != nil {
			return err
		}
		c.students = append(c.students, s)
		c.pids = append(c.pids, s.c.cmd.Process.Pid)
	}
	for _, pid := range c.pids {
		if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
			return err
		}
	}
	return nil
}

// answers lets every student answer so many times, spread over time, and returns how long
// each answer took until it was on the screen, and how many were late.
func (c *crowd) answers(times int) (took []time.Duration, late int, failed error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	begun := time.Now()
	for i, s := range c.students {
		all.Go(func() {
			for n := range times {
				due := begun.Add(answerEvery*time.Duration(n) +
					answerEvery*time.Duration(i)/time.Duration(len(c.students)))
				time.Sleep(time.Until(due))
				sent := time.Now()
				if sent.Sub(due) > answerEvery*time.Duration(times) {
					return // The machine is overloaded, which the answers so far show.
				}
				at, err := s.answer(c.question, n)
				mu.Lock()
				took = append(took, at.Sub(sent))
				if errors.Is(err, errLate) {
					late++
				} else if err != nil && failed == nil {
					failed = err
				}
				stop := failed != nil
				mu.Unlock()
				if stop {
					return
				}
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return took, late, failed
}

// toAll gives orders that change every screen, and returns the median of how long it
// takes until the last screen has changed.
func (c *crowd) toAll() (time.Duration, error) {
	var all []time.Duration
	for range orders {
		begin := time.Now()
		if err := c.school.order(room.Blank); err != nil {
			return 0, err
		}
		time.Sleep(time.Second)
		last := begin
		for _, s := range c.students {
			at := s.news()
			if at.Before(begin) {
				return 0, errors.New("a screen has not changed")
			}
			if at.After(last) {
				last = at
			}
		}
		all = append(all, last.Sub(begin))
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}
