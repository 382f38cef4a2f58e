package org.ringward.core.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Role;

final class RulesTest {
  private static final long NOW = seconds("2024-02-29T12:30:15Z");
  private final PolicyNode node = new PolicyNode(0, "1", "n1", PolicyNode.Kind.MEMBER);

  RulesTest() {
    node.attributes.putAll(
        Map.of(
            "#uname", "n1", "text", "Abc", "whole", "12", "decimal", "3.7", "version", "1.10.2"));
  }

  private static long seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }

  private static Element element(String xml) {
    return CibXml.readElement("test", xml);
  }

  private boolean holds(String rule, RuleInput input) {
    Element element = element(rule);
    return new Rules(element, NOW).holds(element, input);
  }

  private boolean onNode(String parts) {
    return holds("<rule id='r'>" + parts + "</rule>", RuleInput.NONE.withNode(node));
  }

  @ParameterizedTest
  @CsvSource({
    "attribute='text' operation='eq' value='abc', true",
    "attribute='text' operation='ne' value='abc', false",
    "attribute='text' operation='defined', true",
    "attribute='text' operation='not_defined', false",
    "attribute='none' operation='not_defined', true",
    "attribute='none' operation='eq' value='abc', false",
    "attribute='none' operation='ne' value='abc', true",
    "attribute='none' operation='lt' value='abc', false",
    "attribute='none' operation='gte' value='abc', false",
    "attribute='none' operation='eq', true",
    "attribute='text' operation='ne', true",
    "attribute='text' operation='gt', false",
    "attribute='whole' operation='gt' value='9', true",
    "attribute='whole' operation='lt' value='9' type='string', true",
    "attribute='whole' operation='eq' value='12.0', false",
    "attribute='whole' operation='eq' value='12.0' type='number', true",
    "attribute='whole' operation='eq' value='12.7' type='integer', true",
    "attribute='decimal' operation='gt' value='3.6', true",
    "attribute='decimal' operation='lte' value='3.7', true",
    "attribute='decimal' operation='gte' value='10', false",
    "attribute='text' operation='eq' value='abc' type='integer', true",
    "attribute='text' operation='gt' value='9', true",
    "attribute='version' operation='gt' value='1.9' type='version', true",
    "attribute='version' operation='eq' value='1.10.02' type='version', true",
    "attribute='version' operation='eq' value='1.10.2.0' type='version', true",
    "attribute='version' operation='gt' value='1.10' type='version', true",
    "attribute='version' operation='gt' value='1.10.2a' type='version', false",
    "attribute='text' operation='like' value='abc', false",
    "operation='defined', false",
  })
  void comparesNodeAttributes(String expression, boolean expected) {
    assertThat(onNode("<expression id='e' " + expression + "/>")).isEqualTo(expected);
  }

  @Test
  void withoutANodeNoExpressionHolds() {
    String rule = "<rule id='r'><expression id='e' attribute='x' operation='not_defined'/></rule>";
    assertThat(holds(rule, RuleInput.NONE)).isFalse();
  }

  @Test
  void combinesPartsAndNestedRules() {
    String yes = "<expression id='y' attribute='text' operation='defined'/>";
    String no = "<expression id='n' attribute='none' operation='defined'/>";
    assertThat(onNode(yes + no)).isFalse();
    assertThat(onNode("<rule id='s' boolean-op='or'>" + no + yes + "</rule>" + yes)).isTrue();
    assertThat(onNode("<rule id='s' boolean-op='or'>" + no + "</rule>" + yes)).isFalse();
    assertThat(onNode("")).isTrue();
  }

  @Test
  void aReferenceStandsForTheRuleItNames() {
    Element root =
        element(
            "<configuration><rule id='a'><expression id='e' attribute='text'"
                + " operation='defined'/></rule><rule id-ref='a'/><rule id-ref='b'/>"
                + "</configuration>");
    Rules rules = new Rules(root, NOW);
    RuleInput input = RuleInput.NONE.withNode(node);
    assertThat(rules.holds(root.children().get(1), input)).isTrue();
    assertThat(rules.holds(root.children().get(2), input)).isFalse();
  }

  @Test
  void rulesInACircleDoNotHold() {
    Element root =
        element(
            "<configuration><rule id='a'><rule id-ref='b'/></rule><rule id='b'><rule id-ref='a'/>"
                + "</rule></configuration>");
    assertThat(new Rules(root, NOW).holds(root.children().getFirst(), RuleInput.NONE)).isFalse();
  }

  @Test
  void aRuleForOneRoleDoesNotHoldForAnother() {
    String rule = "<rule id='r' role='Master'/>";
    assertThat(holds(rule, RuleInput.NONE.withRole(Role.PROMOTED))).isTrue();
    assertThat(holds(rule, RuleInput.NONE.withRole(Role.UNPROMOTED))).isFalse();
    assertThat(holds(rule, RuleInput.NONE)).isTrue();
  }

  @Test
  void valuesComeFromParametersAndMetaAttributesToo() {
    RuleInput input =
        RuleInput.NONE
            .withNode(node)
            .withValues(Map.of("p", "abc"), Map.of("m", "11"))
            .withGroups(List.of("text-1", "text"));
    String format = "<rule id='r'><expression id='e' attribute='%s' %s/></rule>";
    assertThat(
            holds(format.formatted("text", "operation='eq' value='p' value-source='param'"), input))
        .isTrue();
    assertThat(
            holds(format.formatted("whole", "operation='gt' value='m' value-source='meta'"), input))
        .isTrue();
    assertThat(holds(format.formatted("%1", "operation='eq' value='ABC'"), input)).isTrue();
    assertThat(Rules.filledIn("a-%1-%9-%x%", input.groups())).isEqualTo("a-text--%x%");
  }

  @Test
  void asksForAgentsAndOperations() {
    RuleInput input =
        RuleInput.NONE.withAgent("ocf", "heartbeat", "IPaddr2").withOperation("monitor", 10_000);
    assertThat(
            holds("<rule id='r'><rsc_expression id='e' class='ocf' type='IPaddr2'/></rule>", input))
        .isTrue();
    assertThat(holds("<rule id='r'><rsc_expression id='e' provider='my'/></rule>", input))
        .isFalse();
    assertThat(holds("<rule id='r'><rsc_expression id='e'/></rule>", RuleInput.NONE)).isFalse();
    assertThat(
            holds(
                "<rule id='r'><op_expression id='e' name='monitor' interval='10s'/></rule>", input))
        .isTrue();
    assertThat(
            holds(
                "<rule id='r'><op_expression id='e' name='monitor' interval='9s'/></rule>", input))
        .isFalse();
    assertThat(holds("<rule id='r'><op_expression id='e' name='start'/></rule>", input)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operation='gt' start='2024-02-29 12:30:15' | false | 2024-02-29T12:30:16Z",
        "operation='gt' start='2024-02-29 12:30:14' | true |",
        "operation='lt' end='2024-02-29 12:30:15' | false |",
        "operation='lt' end='2024-02-29 12:30:16' | true | 2024-02-29T12:30:16Z",
        "start='2024-02-29 12:30:15' end='2024-02-29 12:30:15' | true | 2024-02-29T12:30:16Z",
        "operation='in_range' start='2024-03-01' | false | 2024-03-01T00:00:00Z",
        "operation='in_range' end='2024-02-29' | false |",
        "operation='in_range' start='2024-01-01' | true |",
        "operation='in_range' | false |",
        "operation='in_range' start='never' | false |",
        "operation='date_spec' | false |",
        "operation='gt' start='2050-001' | false | 2050-01-01T00:00:01Z",
      })
  void comparesDatesAndSaysWhenThatMayChange(String date, boolean expected, String change) {
    Element rule = element("<rule id='r'><date_expression id='e' " + date + "/></rule>");
    Rules rules = new Rules(rule, NOW);
    assertThat(rules.holds(rule, RuleInput.NONE)).isEqualTo(expected);
    assertThat(rules.nextChange()).isEqualTo(change == null ? null : seconds(change));
  }

  @Test
  void aDurationCountsFromTheStart() {
    Element rule =
        element(
            "<rule id='r'><date_expression id='e' operation='in_range' start='2024-01-31'>"
                + "<duration id='d' months='1' hours='12' minutes='31'/></date_expression></rule>");
    Rules rules = new Rules(rule, NOW);
    assertThat(rules.holds(rule, RuleInput.NONE)).isTrue();
    assertThat(rules.nextChange()).isEqualTo(seconds("2024-02-29T12:31:01Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "hours='12', true",
    "hours='9-16', true",
    "hours='13-', false",
    "hours='-13', true",
    "hours='-', false",
    "hours='noon', false",
    "weekdays='4', true",
    "weekdays='5-7', false",
    "monthdays='29', true",
    "yearsdays='60', true",
    "yearsdays='61', false",
    "weeks='9' weekyears='2024', true",
    "years='2024' months='2', true",
    "years='2024' months='3-12', false",
    "minutes='30' seconds='15', true",
  })
  void aDateSpecMatchesFieldByField(String fields, boolean expected) {
    assertThat(
            onNode(
                "<date_expression id='e' operation='date_spec'><date_spec id='s' "
                    + fields
                    + "/></date_expression>"))
        .isEqualTo(expected);
  }

  @Test
  void setsOfAHigherScoreComeFirstAndOnlyThoseInEffect() {
    Element owner =
        element(
            """
            <configuration>
              <meta_attributes id='a'><nvpair id='a1' name='x' value='low'/>
                <nvpair id='a2' name='y' value='low'/></meta_attributes>
              <meta_attributes id='b' score='5'><nvpair id='b1' name='x' value='high'/>
              </meta_attributes>
              <meta_attributes id='c' score='INFINITY'>
                <rule id='r'><expression id='e' attribute='none' operation='defined'/></rule>
                <nvpair id='c1' name='x' value='never'/></meta_attributes>
              <meta_attributes id-ref='d'/>
              <kept><meta_attributes id='d'><nvpair id-ref='a1' name='own'/>
                <nvpair id-ref='b1'/><nvpair id='d1' name='y' value='#default'/>
                <nvpair id='d2' name='z' value='1'/></meta_attributes></kept>
            </configuration>
            """);
    assertThat(
            new Rules(owner, NOW).values(owner, "meta_attributes", RuleInput.NONE.withNode(node)))
        .isEqualTo(Map.of("x", "high", "own", "low", "z", "1"));
  }

  @Test
  void theBootstrapOptionsComeBeforeAllOtherProperties() {
    Element owner =
        element(
            """
            <crm_config>
              <cluster_property_set id='mine' score='100'>
                <nvpair id='a1' name='x' value='mine'/></cluster_property_set>
              <cluster_property_set id='cib-bootstrap-options'>
                <nvpair id='b1' name='x' value='first'/></cluster_property_set>
            </crm_config>
            """);
    assertThat(new Rules(owner, NOW).values(owner, "cluster_property_set", RuleInput.NONE))
        .isEqualTo(Map.of("x", "first"));
  }
}
