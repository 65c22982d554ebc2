;; Each number is another answer that breaks the contract or the canonical ABI. The answer starts as
;; a good one: one line, one finding, one step.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $way i32)
  (local.set $way (i32.wrap_i64 (call $number (local.get $facts))))
  (drop (call $line (i32.const 0) (i64.const 1)))
  ;; One finding without anything.
  (memory.fill (i32.const 1152) (i32.const 0) (i32.const 144))
  (memory.fill (i32.const 1304) (i32.const 0) (i32.const 32))
  (i32.store (i32.const 1036) (i32.const 1152))
  (i32.store (i32.const 1040) (i32.const 1))
  ;; One step that leads to the line, with one integer.
  (i32.store (i32.const 1044) (i32.const 1240))
  (i32.store (i32.const 1048) (i32.const 1))
  (i32.store8 (i32.const 1244) (i32.const 1))
  (i32.store (i32.const 1252) (i32.const 1304))
  (i32.store (i32.const 1256) (i32.const 1))
  (i32.store8 (i32.const 1312) (i32.const 2))

  (block $20 (block $19 (block $18 (block $17 (block $16 (block $15 (block $14 (block $13 (block $12 (block $11 (block $10
  (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1
  (block $0
    (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 $10 $11 $12 $13 $14 $15 $16 $17 $18 $19 $20
      (local.get $way)))
    ;; 0: nothing is wrong.
    (return (i32.const 1024)))
    ;; 1: an item that is not declared.
    (i32.store (i32.const 1088) (i32.const 2)) (return (i32.const 1024)))
    ;; 2: a decimal of 29 decimals.
    (i32.store8 (i32.const 1097) (i32.const 29)) (return (i32.const 1024)))
    ;; 3: negative zero.
    (i32.store8 (i32.const 1096) (i32.const 1)) (i64.store (i32.const 1104) (i64.const 0))
    (return (i32.const 1024)))
    ;; 4: a finding that is not declared.
    (i32.store (i32.const 1152) (i32.const 1)) (return (i32.const 1024)))
    ;; 5: a finding on the 31st of February.
    (i32.store8 (i32.const 1168) (i32.const 1)) (i32.store16 (i32.const 1170) (i32.const 2026))
    (i32.store8 (i32.const 1172) (i32.const 2)) (i32.store8 (i32.const 1173) (i32.const 31))
    (return (i32.const 1024)))
    ;; 6: a step that is not declared.
    (i32.store (i32.const 1240) (i32.const 1)) (return (i32.const 1024)))
    ;; 7: a step that leads to a line which is not there.
    (i32.store (i32.const 1248) (i32.const 1)) (return (i32.const 1024)))
    ;; 8: a step without its value.
    (i32.store (i32.const 1256) (i32.const 0)) (return (i32.const 1024)))
    ;; 9: a value that is a choice of nothing.
    (i32.store8 (i32.const 1312) (i32.const 7)) (return (i32.const 1024)))
    ;; 10: the same line twice.
    (memory.copy (i32.const 2048) (i32.const 1088) (i32.const 40))
    (memory.copy (i32.const 2088) (i32.const 1088) (i32.const 40))
    (i32.store (i32.const 1028) (i32.const 2048)) (i32.store (i32.const 1032) (i32.const 2))
    (return (i32.const 1024)))
    ;; 11: a text of 5,000 bytes as the line's subject.
    (i32.store8 (i32.const 1112) (i32.const 1)) (i32.store (i32.const 1116) (i32.const 65536))
    (i32.store (i32.const 1120) (i32.const 5000)) (return (i32.const 1024)))
    ;; 12: a subject that is not UTF-8.
    (i32.store8 (i32.const 1296) (i32.const 255))
    (i32.store8 (i32.const 1112) (i32.const 1)) (i32.store (i32.const 1116) (i32.const 1296))
    (i32.store (i32.const 1120) (i32.const 6)) (return (i32.const 1024)))
    ;; 13: a value of a case that does not exist.
    (i32.store8 (i32.const 1312) (i32.const 99)) (return (i32.const 1024)))
    ;; 14: lines outside of the memory.
    (i32.store (i32.const 1028) (i32.const 0x7ffffff8)) (return (i32.const 1024)))
    ;; 15: an answer at an address that is not aligned.
    (return (i32.const 1025)))
    ;; 16: a fault about a fact that is not declared.
    (drop (call $fault (i32.const 1296) (i32.const 6)))
    (i32.store8 (i32.const 1028) (i32.const 1)) (i32.store (i32.const 1032) (i32.const 7))
    (return (i32.const 1024)))
    ;; 17: a fault about a row of a fact that is not a table.
    (drop (call $fault (i32.const 1296) (i32.const 6)))
    (i32.store8 (i32.const 1028) (i32.const 1)) (i32.store (i32.const 1036) (i32.const 1))
    (return (i32.const 1024)))
    ;; 18: rows of a table in the place of a value.
    (i32.store8 (i32.const 1304) (i32.const 1)) (i64.store (i32.const 1312) (i64.const 4))
    (return (i32.const 1024)))
    ;; 19: a result of a step that has no formula.
    (i32.store8 (i32.const 1264) (i32.const 1)) (return (i32.const 1024)))
  ;; 20: a result of a case that does not exist.
  (i32.store8 (i32.const 1264) (i32.const 1)) (i32.store8 (i32.const 1272) (i32.const 99))
  (i32.const 1024))
