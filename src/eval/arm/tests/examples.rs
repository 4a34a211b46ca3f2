//! The values are those of the examples at
//! learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-{array,cidr,lambda,logical,numeric,object,string} and
//! operators-{access,comparison,logical,numeric,spread} (read 2026-11-22); strings made of truths, `distinct` and `nameof` are from
//! the compiler's tests: src/Bicep.Core.IntegrationTests/EvaluationTests.cs and Files/baselines of Azure/bicep.

use super::{all, unknown};
use crate::value::Cause;

#[test]
fn arrays() {
    all(r#"
        array(1) ==> [1]
        array('efgh') ==> ["efgh"]
        array({ a: 'b', c: 'd' }) ==> [{"a": "b", "c": "d"}]
        concat(['1-1', '1-2'], ['2-1']) ==> ["1-1", "1-2", "2-1"]
        contains('OneTwoThree', 'e') ==> true
        contains('OneTwoThree', 'z') ==> false
        contains({ one: 'a', two: 'b' }, 'one') ==> true
        contains({ one: 'a', two: 'b' }, 'ONE') ==> true
        contains({ one: 'a', two: 'b' }, 'a') ==> false
        contains(['one', 'three'], 'three') ==> true
        contains(['one', 'three'], 'four') ==> false
        distinct(['a', 'b', 'a', 'c', 'b']) ==> ["a", "b", "c"]
        distinct([{ a: 1 }, { a: 1 }, { b: 2 }]) ==> [{"a": 1}, {"b": 2}]
        empty([]) ==> true
        empty({}) ==> true
        empty('') ==> true
        empty(null) ==> true
        first(['one', 'two']) ==> "one"
        first('One Two Three') ==> "O"
        flatten([['one', 'two'], ['three'], ['four', ['five']]]) ==> ["one", "two", "three", "four", ["five"]]
        indexOf(['one', 'two', 'one'], 'one') ==> 0
        lastIndexOf(['one', 'two', 'one'], 'one') ==> 2
        indexOf(['one'], 'ONE') ==> -1
        intersection({ one: 'a', two: 'b', three: 'c' }, { one: 'a', two: 'z', three: 'c' }) ==> {"one": "a", "three": "c"}
        intersection(['one', 'two', 'three'], ['two', 'three']) ==> ["two", "three"]
        last(['one', 'two', 'three']) ==> "three"
        last('One Two three') ==> "e"
        length(['one', 'two', 'three']) ==> 3
        length('One Two Three') ==> 13
        length({ a: 1, b: { c: 2 } }) ==> 2
        max([0, 3, 2, 5, 4]) ==> 5
        max(0, 3, 2, 5, 4) ==> 5
        min([0, 3, 2, 5, 4]) ==> 0
        range(5, 3) ==> [5, 6, 7]
        skip(['one', 'two', 'three'], 2) ==> ["three"]
        skip('one two three', 4) ==> "two three"
        take(['one', 'two', 'three'], 2) ==> ["one", "two"]
        take('one two three', 2) ==> "on"
        take('abc', -1) ==> ""
        take('abc', 99) ==> "abc"
        union(['one', 'two', 'three'], ['three', 'four', 'two']) ==> ["one", "two", "three", "four"]
        union([['one', 'two'], ['three']], [['three'], ['four', 'two']]) ==> [["one", "two"], ["three"], ["four", "two"]]
    "#);
}

#[test]
fn objects() {
    all(r#"
        union({ one: 'a', three: 'c1' }, { three: 'c2', four: 'd' }) ==> {"one": "a", "three": "c2", "four": "d"}
        union({ property: { one: 'a', three: 'c1' }, nestedArray: [1, 2] }, { property: { three: 'c2' }, nestedArray: [3, 4] }) ==> {"property": {"one": "a", "three": "c2"}, "nestedArray": [3, 4]}
        shallowMerge([{ one: { a: 1 } }, { one: { b: 2 } }]) ==> {"one": {"b": 2}}
        { ...{ foo: 1, bar: 2 }, bar: 3 } ==> {"foo": 1, "bar": 3}
        [ 1, ...[2, 3], 4 ] ==> [1, 2, 3, 4]
        items({ item002: { n: 200 }, item001: { n: 300 } }) ==> [{"key": "item001", "value": {"n": 300}}, {"key": "item002", "value": {"n": 200}}]
        objectKeys({ a: 1, b: 2 }) ==> ["a", "b"]
        json('null') ==> null
        json('{"a": "b"}') ==> {"a": "b"}
        json('true') ==> true
        json('3') ==> 3
        json(concat('{"a": "', 'demo value', '"}')) ==> {"a": "demo value"}
        { a: 1 }.?b ==> null
        { a: { b: 2 } }.?a.b ==> 2
        { a: 1 }.?b.c.d ==> null
        [1, 2][?5] ==> null
        [1, 2, 3][^1] ==> 3
        [1, 2, 3][?^4] ==> null
        null ?? 'a' ==> "a"
        'a' ?? unknown ==> "a"
    "#);
}

#[test]
fn strings() {
    all(r#"
        base64('one, two, three') ==> "b25lLCB0d28sIHRocmVl"
        base64ToString('b25lLCB0d28sIHRocmVl') ==> "one, two, three"
        base64ToJson(base64('{"one": "a"}')) ==> {"one": "a"}
        dataUri('Hello') ==> "data:text/plain;charset=utf8;base64,SGVsbG8="
        dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==') ==> "Hello, World!"
        startsWith('abcdef', 'A') ==> true
        startsWith('abcdef', 'e') ==> false
        endsWith('abcdef', 'F') ==> true
        endsWith('abcdef', 'e') ==> false
        format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133) ==> "Hello, User. Formatted number: 8,175,133"
        format('{{{0:D3}}} {1,-4}|{1,4}|{2}', 7, 'ab', true) ==> "{007} ab  |  ab|True"
        indexOf('test', 't') ==> 0
        lastIndexOf('test', 't') ==> 3
        indexOf('abcdef', 'CD') ==> 2
        lastIndexOf('abcdef', 'AB') ==> 0
        indexOf('abcdef', 'z') ==> -1
        join(['one', 'two', 'three'], ',') ==> "one,two,three"
        padLeft('123', 10, '0') ==> "0000000123"
        padLeft(7, 3, '0') ==> "007"
        replace('123-123-1234', '-', '') ==> "1231231234"
        replace('123-123-1234', '1234', 'xxxx') ==> "123-123-xxxx"
        split('one,two,three', ',') ==> ["one", "two", "three"]
        split('one;two,three', [',', ';']) ==> ["one", "two", "three"]
        string(['a', 'b', 'c']) ==> "[\"a\",\"b\",\"c\"]"
        string(5) ==> "5"
        substring('one two three', 4, 3) ==> "two"
        toLower('One Two Three') ==> "one two three"
        toUpper('One Two Three') ==> "ONE TWO THREE"
        trim('    one two three   ') ==> "one two three"
        uri('http://contoso.org/firstpath', 'myscript.sh') ==> "http://contoso.org/myscript.sh"
        uri('http://contoso.org/firstpath/', 'myscript.sh') ==> "http://contoso.org/firstpath/myscript.sh"
        uriComponent('http://contoso.com/resources/nested/azuredeploy.json') ==> "http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json"
        uriComponentToString('http%3A%2F%2Fcontoso.com%2Fa+b') ==> "http://contoso.com/a+b"
        '>${false}<>${12948}<>${'hello!'}<' ==> ">False<>12948<>hello!<"
        '${3}' ==> "3"
    "#);
    assert_eq!(
        unknown("substring('1234567890', 0, 11)").cause,
        Cause::Wrong
    );
}

#[test]
fn addresses() {
    all(r#"
        parseCidr('10.144.0.0/20') ==> {"network": "10.144.0.0", "netmask": "255.255.240.0", "broadcast": "10.144.15.255", "firstUsable": "10.144.0.1", "lastUsable": "10.144.15.254", "cidr": 20}
        parseCidr('fdad:3236:5555::/48') ==> {"network": "fdad:3236:5555::", "netmask": "ffff:ffff:ffff::", "firstUsable": "fdad:3236:5555::", "lastUsable": "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff", "cidr": 48}
        map(range(0, 3), i => cidrSubnet('10.144.0.0/20', 24, i)) ==> ["10.144.0.0/24", "10.144.1.0/24", "10.144.2.0/24"]
        cidrSubnet('fdad:3236:5555::/48', 52, 4) ==> "fdad:3236:5555:4000::/52"
        cidrHost('10.144.3.0/24', 0) ==> "10.144.3.1"
        cidrHost('10.144.3.0/24', 253) ==> "10.144.3.254"
        cidrHost('fdad:3236:5555:3000::/52', 4) ==> "fdad:3236:5555:3000::5"
    "#);
    for wrong in [
        "cidrSubnet('10.0.0.0/20', 19, 0)",
        "cidrSubnet('10.0.0.0/20', 24, 16)",
        "cidrHost('10.144.3.0/24', 254)",
        "parseCidr('10.0.0/8')",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}

const DOGS: &str = "[{ name: 'Evie', age: 5, interests: ['Ball', 'Frisbee'] }, { name: 'Casper', age: 3, interests: ['Other dogs'] }, \
                    { name: 'Indy', age: 2, interests: ['Butter'] }, { name: 'Kira', age: 8, interests: ['Rubs'] }]";

#[test]
fn lambdas() {
    all(&r#"
        map(filter(DOGS, dog => dog.age >= 5), dog => dog.name) ==> ["Evie", "Kira"]
        filter(range(0, 10), i => 0 == i % 2) ==> [0, 2, 4, 6, 8]
        map(DOGS, dog => 'Hello ${dog.name}!') ==> ["Hello Evie!", "Hello Casper!", "Hello Indy!", "Hello Kira!"]
        map(['a', 'b'], (item, i) => '${item}${i}') ==> ["a0", "b1"]
        filter(['a', 'b', 'c'], (item, i) => i > 0) ==> ["b", "c"]
        reduce(map(DOGS, dog => dog.age), 0, (cur, next) => cur + next) ==> 18
        reduce(map(DOGS, dog => dog.age), 1, (cur, next) => cur + next) ==> 19
        reduce([1, 1, 1], 0, (cur, next, i) => cur + i) ==> 3
        reduce([{ foo: 123 }, { bar: 456 }], {}, (cur, next) => union(cur, next)) ==> {"foo": 123, "bar": 456}
        map(sort(DOGS, (a, b) => a.age < b.age), dog => dog.name) ==> ["Indy", "Casper", "Evie", "Kira"]
        sort([3, 1, 2, 3, 0], (a, b) => a <= b) ==> [0, 1, 2, 3, 3]
        toObject(DOGS, entry => entry.name, entry => entry.age) ==> {"Evie": 5, "Casper": 3, "Indy": 2, "Kira": 8}
        toObject(['a'], entry => entry) ==> {"a": "a"}
        groupBy(['foo', 'bar', 'baz'], x => substring(x, 0, 1)) ==> {"f": ["foo"], "b": ["bar", "baz"]}
        groupBy([{ t: 'a', v: 1 }, { t: 'b', v: 2 }, { t: 'a', v: 3 }], arg => arg.t, arg => arg.v) ==> {"a": [1, 3], "b": [2]}
        mapValues({ foo: 'foo', bar: 'bar' }, val => toUpper(val)) ==> {"foo": "FOO", "bar": "BAR"}
        map([1, 2], x => map([10, 20], y => x * y)) ==> [[10, 20], [20, 40]]
    "#.replace("DOGS", DOGS));
    for wrong in [
        "map({ a: 1 }, x => x)",
        "filter([1], x => x)",
        "map([1])",
        "reduce([1], 0)",
        "sort([1, 2], (a, b) => a)",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}

#[test]
fn operators() {
    all(r#"
        7 / 2 ==> 3
        (1 + 3) * 5 % 7 ==> 6
        6 / 11 - 13 ==> -13
        'a' == 'A' ==> false
        'a' =~ 'A' ==> true
        'a' !~ 'A' ==> false
        1 == '1' ==> false
        [1, 2] == range(1, 2) ==> true
        'a' < 'b' ==> true
        true || unknown ==> true
        truth && false ==> false
        true ? 1 : fail('never') ==> 1
        true ? 1 : '1' ==> 1
        bool('True') ==> true
        bool(0) ==> false
        int('4') ==> 4
        any(4) ==> 4
        nameof(myObj.obj.nested) ==> "nested"
        nameof(arraySpread) ==> "arraySpread"
        sys.toLower('A') ==> "a"
        TOLOWER('A') ==> "a"
    "#);
    for wrong in [
        "1 + '1'",
        "'true' ? 1 : 2",
        "!1",
        "1 / 0",
        "fail('x')",
        "toLower(1)",
        "concat([1], 'a')",
        "int('x')",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}
