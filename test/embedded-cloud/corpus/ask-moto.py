"""Asks moto, once and by hand, which templates of the corpus it makes: ask-moto.py <cases.json> > moto.json

cases.json is what `MEISSA_CORPUS_CASES=<path> npx jest test/embedded-cloud/corpus` writes. Needs boto3 and moto[cloudformation,ec2,...].
"""

import json
import sys

import boto3
import moto


def made(case):
    with moto.mock_aws():
        client = boto3.client(
            "cloudformation", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
        )
        try:
            client.create_stack(StackName="s", TemplateBody=case["text"], Capabilities=["CAPABILITY_NAMED_IAM"])
            status = client.describe_stacks(StackName="s")["Stacks"][0]["StackStatus"]
        except Exception:  # noqa: BLE001 - whatever it says, it isn't made
            return False
        return status == "CREATE_COMPLETE"


cases = json.load(open(sys.argv[1], encoding="utf8"))
refused = sorted(case["name"] for case in cases if not made(case))
taken = sorted(set(case["name"] for case in cases) - set(refused))
json.dump({"version": f"moto {moto.__version__}", "refused": refused, "made": taken}, sys.stdout, indent=1)
print()
