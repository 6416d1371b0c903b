module example.com/shop

go 1.23

require github.com/pkg/errors v0.9.1

require (
	golang.org/x/text v0.16.0 // indirect
)
