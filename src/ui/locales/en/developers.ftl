## /developers: how programs order

developers-title = For programs: how to order
developers-lead = A program of yours orders, picks a time and reads what became of it, by HTTP and JSON.
developers-token = A program shows a token of your organisation in every request: Authorization: Bearer … Whoever manages your people makes one under “Programs that order by themselves”.
developers-key = Whatever changes something carries a key of yours, Idempotency-Key. Sent again within 24 hours it changes nothing more and gets the same answer; so try again whenever no answer came.
developers-document = The same for programs (OpenAPI 3.1)
developers-refusals = What may be refused
developers-refusals-lead = Every refusal is JSON with a code that never changes its meaning (RFC 9457).
developers-scope = Needs a token for: { $scope ->
        [read] reading requests and free times
        [order] ordering
        [billing] minutes and documents
       *[other] { $scope }
    }
developers-parameters = In the address and the headers
developers-body = What you send
developers-answer = What is answered ({ $status })
developers-optional = may be missing

# What the interface says of itself is English.
developers-summary = { $operation ->
       *[other] { $text }
    }
developers-description = { $operation ->
       *[other] { $text }
    }
developers-parameter = { $name ->
       *[other] { $text }
    }
developers-field = { $field ->
       *[other] { $text }
    }
developers-refusal = { $code ->
       *[other] { $text }
    }
