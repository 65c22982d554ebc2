;; Loops before anybody called it.
(func $forever (loop $forever (br $forever)))
(start $forever)
