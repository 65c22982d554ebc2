;; What every text-format rule shares: memory, allocator, the exports of the contract. The body is
;; one file of ../../hostile, which defines $evaluate and, if it wants, $describe and $create; the
;; defaults of the missing ones come after it. The description's address and bytes are laid out by
;; description.rs.
;;
;; The rule is described in mod.rs: fact `number` and parameter `bonus` are integers.
;;
;; Memory: 1024 the answer (48 bytes), 1088 its first line (40), 1152 its first finding (72),
;; 1240 its first step (56), 1296 a text, 1304 the step's value (32); 4096 the description;
;; from 65536 what the host hands over.
(module
  (import "[export]stele:rule/rule@{{version}}" "[resource-new]evaluator"
    (func $new_evaluator (param i32) (result i32)))

  (memory (export "memory") 2)
  (table $functions 1 funcref)
  (data (i32.const 4096) "{{data}}")
  (data (i32.const 1296) "a text")

  (global $top (mut i32) (i32.const 65536))
  (global $bonus (mut i64) (i64.const 0))

  ;; Hands out memory upwards; what a call took is given back when its answer has been read.
  (func $allocate (export "cabi_realloc")
    (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
    (global.set $top (i32.add (local.get $at) (local.get $size)))
    (block $fits
      (br_if $fits (i32.le_u (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
      (drop (memory.grow (i32.add (i32.const 1) (i32.div_u (local.get $size) (i32.const 65536))))))
    (local.get $at))

  (func (export "cabi_post_stele:rule/rule@{{version}}#[method]evaluator.evaluate") (param i32)
    (global.set $top (i32.const 65536)))

  ;; The integer in the first value of a list of values.
  (func $number (param $values i32) (result i64)
    (i64.load offset=16 (local.get $values)))

  ;; An answer with one line.
  (func $line (param $item i32) (param $amount i64) (result i32)
    (memory.fill (i32.const 1024) (i32.const 0) (i32.const 104))
    (i32.store (i32.const 1028) (i32.const 1088))
    (i32.store (i32.const 1032) (i32.const 1))
    (i32.store (i32.const 1088) (local.get $item))
    (i64.store (i32.const 1104) (local.get $amount))
    (i32.const 1024))

  ;; A fault about the whole, with a text as its message.
  (func $fault (param $text i32) (param $length i32) (result i32)
    (memory.fill (i32.const 1024) (i32.const 0) (i32.const 48))
    (i32.store8 (i32.const 1024) (i32.const 1))
    (i32.store (i32.const 1052) (local.get $text))
    (i32.store (i32.const 1056) (local.get $length))
    (i32.const 1024))

  ;; What `create` answers when all is well.
  (func $created (result i32)
    (i32.store8 (i32.const 1024) (i32.const 0))
    (i32.store (i32.const 1028) (call $new_evaluator (i32.const 1)))
    (i32.const 1024))

  (func $described (result i32) (i32.const {{description}}))

{{body}}

  (export "stele:rule/rule@{{version}}#describe" (func $describe))
  (export "stele:rule/rule@{{version}}#[static]evaluator.create" (func $create))
  (export "stele:rule/rule@{{version}}#[method]evaluator.evaluate" (func $evaluate))
)
