;; Does it as compiled languages do: takes a frame off the stack and gives it back on every way out,
;; in a loop and out of it; calls itself. Answers with the number.
(global $stack (mut i32) (i32.const 60000))
(func $count (param $number i64) (result i64)
  (local $frame i32) (local $answer i64)
  (local.set $frame (i32.sub (global.get $stack) (i32.const 32)))
  (global.set $stack (local.get $frame))
  (block $out
    (br_if $out (i64.le_s (local.get $number) (i64.const 0)))
    (loop $again
      (i64.store (local.get $frame) (local.get $number))
      (br_if $again (i32.const 0)))
    (if (i64.eq (local.get $number) (i64.const 3)) (then
      (local.set $answer (i64.add (i64.const 1) (call $count (i64.const 2))))
      (global.set $stack (i32.add (local.get $frame) (i32.const 32)))
      (return (local.get $answer))))
    (local.set $answer
      (i64.add (i64.const 1) (call $count (i64.sub (local.get $number) (i64.const 1))))))
  (global.set $stack (i32.add (local.get $frame) (i32.const 32)))
  (local.get $answer))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (call $line (i32.const 0) (call $count (call $number (local.get $facts)))))
