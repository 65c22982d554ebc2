;; A component that wants a function of the host.
(component (import "log" (func (param "line" string))))
