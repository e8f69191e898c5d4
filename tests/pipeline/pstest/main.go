// Command pstest serves Google's in-memory Pub/Sub on 127.0.0.1 for our tests.
//
// It prints the address that it listens on, one line, and ends when standard input
// closes, so that it can not outlive the test run that started it.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"cloud.google.com/go/pubsub/v2/pstest"
)

func main() {
	port := 0
	if len(os.Args) > 1 {
		wanted, err := strconv.Atoi(os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, "usage: pstest [PORT] (0 or none: a free port)")
			os.Exit(2)
		}
		port = wanted
	}
	server := pstest.NewServerWithPort(port)
	defer server.Close()
	fmt.Println(server.Addr)
	_, _ = io.Copy(io.Discard, os.Stdin)
}
